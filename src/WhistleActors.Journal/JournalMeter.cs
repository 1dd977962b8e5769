using System.Diagnostics.Metrics;

namespace WhistleActors.Journal;

/// <summary>What the writing loop measures: once for each commit, however many events are in it.</summary>
internal sealed class JournalMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    internal const string Name = "WhistleActors.Journal";

    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly Meter Shared = new(Name);

    private static readonly Histogram<double> CommitTime = Shared.CreateHistogram(
        "whistle.journal.commit.duration", "s", "How long the database took for one commit.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static readonly Histogram<double> PersistTime = Shared.CreateHistogram(
        "whistle.journal.persist.duration", "s", "How long the first event of a commit waited until it was stored.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static readonly Counter<long> Events = Shared.CreateCounter<long>("whistle.journal.events", "{event}", "Events that were stored.");

    private readonly Meter own = new(Name);

    internal JournalMeter(CommitLoop writer, StoreHealth health)
    {
        own.CreateObservableGauge("whistle.journal.queued", () => writer.QueuedEvents, "{event}", "Events that wait to be stored.");
        own.CreateObservableGauge("whistle.journal.in_trouble", () => health.Trouble is null ? 0 : 1, description: "1 while the database takes nothing.");
    }

    /// <summary>A commit is in the database.</summary>
    internal static void Stored(List<PendingWrite> batch, TimeSpan commit, TimeSpan persist)
    {
        CommitTime.Record(commit.TotalSeconds);
        PersistTime.Record(persist.TotalSeconds);
        if (Events.Enabled)
            Events.Add(batch.Sum(write => write.Events));
    }

    public void Dispose() => own.Dispose();
}
