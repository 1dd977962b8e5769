namespace WhistleActors.Planning.Results;

/// <summary>What one department came to in one replication. Times in ticks; areas are counts of people or summonses times ticks.</summary>
internal sealed class DepartmentTally
{
    /// <summary>For departments that a run does not look at; never changed.</summary>
    internal static readonly DepartmentTally None = new();

    /// <summary>Summonses that are counted: all but those of the warm-up.</summary>
    internal long Summonses;
    internal long OnTime;
    internal long Late;

    /// <summary>To whom nobody was sent until the run ended.</summary>
    internal long Never;

    /// <summary>Of the counted ones that somebody was sent to: those for whom no crew was free at once, or whose crew was taken for an emergency.</summary>
    internal long Queued;

    /// <summary>Crews on their way that were taken for one of the counted emergencies.</summary>
    internal long Taken;
    internal Int128 QueueTime;
    internal Int128 CheckInTime;
    internal Histogram? CheckIns;

    /// <summary>Between the warm-up and the last day's end.</summary>
    internal Int128 BusyArea;
    internal Int128 PresentArea;
    internal Int128 QueueArea;
    internal int LongestQueue;

    internal long Sent => OnTime + Late;
}
