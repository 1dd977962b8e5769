using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Scenarios;

/// <summary>Which whistles are blown, and when.</summary>
internal interface IScenario
{
    /// <summary>How many there will be; null when nobody knows.</summary>
    int? Expected { get; }

    /// <summary>Whether it ends by itself. An endless one is verified as it goes.</summary>
    bool IsEndless { get; }

    /// <summary>What was passed over, and how often.</summary>
    IReadOnlyList<Remark> Remarks => [];

    /// <summary>The whistles, each at its time.</summary>
    /// <param name="open">How many lives go on at this moment.</param>
    IAsyncEnumerable<WhistlePlan> WhistlesAsync(Func<int> open, CancellationToken stop);
}
