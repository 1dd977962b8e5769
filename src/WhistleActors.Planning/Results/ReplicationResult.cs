namespace WhistleActors.Planning.Results;

/// <summary>What one replication came to.</summary>
internal sealed record ReplicationResult(
    int Number,
    long Whistles,
    DepartmentTally[] Departments,
    long[] SubdistrictSummonses,
    long[] SubdistrictOnTime,
    CompletionTally Completion,
    HourTally Hours,
    IReadOnlyList<string> Broken);

/// <summary>Whistles of which all departments were sent: how long until all were there.</summary>
internal sealed class CompletionTally
{
    internal readonly Histogram Times = new();
    internal long Whistles;
    internal long OnTime;
}

/// <summary>Hour by hour from the plan's first midnight: summonses blown and those met on time, and how many waited and how many crews were busy at the hour's start.</summary>
internal sealed class HourTally(int hours)
{
    internal readonly long[] Summonses = new long[hours];
    internal readonly long[] OnTime = new long[hours];
    internal readonly long[] Waiting = new long[hours];
    internal readonly long[] Busy = new long[hours];
}
