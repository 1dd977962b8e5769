using WhistleActors.Consistency.Faults;
using WhistleActors.Consistency.Mutants;

namespace WhistleActors.Consistency.Runs;

/// <summary>What a run does.</summary>
/// <param name="Seed">Decides the order of the faults, whom they strike and how long they last, and what people choose to do.</param>
/// <param name="Length">How long people work and faults rain.</param>
/// <param name="Faults">Those that strike, each once in each turn.</param>
internal sealed record RunSettings(int Seed, TimeSpan Length, IReadOnlyList<Fault> Faults)
{
    /// <summary>How long faults last, against those of a long run.</summary>
    internal double Pace { get; init; } = 1;

    /// <summary>How long people work before the first fault.</summary>
    internal TimeSpan CalmAtFirst { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many people live through whistles at once.</summary>
    internal int Workers { get; init; } = 6;

    /// <summary>After how many faults it is enough; null for as long as it lasts.</summary>
    internal int? MostFaults { get; init; }

    /// <summary>How long a client goes on asking before it gives up.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long what is under way may take to come to rest, once all is whole and nobody asks for anything.</summary>
    internal TimeSpan RestsWithin { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The bug to plant; null for the server as it is.</summary>
    internal Mutant? Mutant { get; init; }

    /// <summary>Where logs and the history are kept; null for nowhere.</summary>
    internal string? Keep { get; init; }

    /// <summary>Told what happens.</summary>
    internal Action<string> Say { get; init; } = _ => { };
}
