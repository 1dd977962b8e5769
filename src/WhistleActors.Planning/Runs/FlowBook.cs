namespace WhistleActors.Planning.Runs;

/// <summary>
/// Keeps a second account of each department beside the statistics, over the whole run: by instants (how many wait, how many are busy, times how long)
/// and by summonses (each one's own time). Both must agree to the tick: that is Little's law on a finite run, L·T = Σ W.
/// </summary>
internal struct FlowBook
{
    private long last;
    private Int128 queueArea;
    private Int128 busyArea;
    private Int128 queueTimes;
    private Int128 busyTimes;
    private long came;
    private long sent;
    private long returned;

    /// <summary>Summonses that wait for a crew.</summary>
    internal int Queue { get; private set; }

    /// <summary>Crews that are on the way or on the spot.</summary>
    internal int Busy { get; private set; }

    /// <summary>The time since the last change, which the caller needs too.</summary>
    internal long Pass(long now)
    {
        var passed = now - last;
        queueArea += (Int128)passed * Queue;
        busyArea += (Int128)passed * Busy;
        last = now;
        return passed;
    }

    internal void Came()
    {
        came++;
        Queue++;
    }

    internal void Sent(long waited)
    {
        sent++;
        Queue--;
        Busy++;
        queueTimes += waited;
    }

    /// <summary>A crew was taken from a summons, which waits again.</summary>
    internal void Returned(long took)
    {
        returned++;
        Queue++;
        Done(took);
    }

    internal void Done(long took)
    {
        Busy--;
        busyTimes += took;
    }

    /// <summary>What does not agree at the end; null when all does.</summary>
    /// <param name="waitedYet">What those have waited that still wait.</param>
    /// <param name="workedYet">What those have worked that are still busy.</param>
    internal readonly string? Check(int waiting, Int128 waitedYet, int busy, Int128 workedYet)
    {
        if (came + returned != sent + waiting || Queue != waiting)
            return $"flow: {came} came, {returned} came again, {sent} were sent for, {waiting} wait";
        if (Busy != busy)
            return $"flow: {Busy} crews are busy by their departures, {busy} by themselves";
        if (queueArea != queueTimes + waitedYet)
            return $"Little's law of the queue: {queueArea} by instants, {queueTimes + waitedYet} by summonses";
        return busyArea != busyTimes + workedYet ? $"Little's law of the crews: {busyArea} by instants, {busyTimes + workedYet} by journeys" : null;
    }
}
