using WhistleActors.Planning.Plans;

namespace WhistleActors.Server.Plans;

/// <summary>What simulations may cost the server.</summary>
/// <param name="Folder">Where its scenarios lie.</param>
public sealed record PlanSettings(string Folder)
{
    /// <summary>Simulations that run at once, each on one thread.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>How large each of the one or two plans may be. One result is kept in memory; 100 replications of the whole city are some 100 MB while they run.</summary>
    internal static PlanBounds Bounds { get; } = new(Days: 92, Replications: 100, WhistlesOnce: 200_000, Whistles: 5_000_000, Crews: 20_000);

    /// <summary>Departments whose crews are searched for at once.</summary>
    internal const int MostNeeds = 40;

    /// <summary>It is stopped then, with what was done.</summary>
    internal static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    /// <summary>Whoever asked for it has gone when nobody asks after it for so long.</summary>
    internal static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>Reports that are kept, and for how long.</summary>
    internal const int MostKept = 8;

    internal static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
}
