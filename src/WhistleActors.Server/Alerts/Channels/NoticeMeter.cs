using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Codes;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Counts the attempts to reach people, by the way they take.</summary>
internal sealed class NoticeMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    internal const string Name = "WhistleActors.Notices";

    private readonly Meter meter = new(Name);
    private readonly Counter<long> attempts;
    private readonly Histogram<double> duration;
    private readonly FrozenDictionary<AlertChannel, Way> ways = Enum.GetValues<AlertChannel>().ToFrozenDictionary(channel => channel, _ => new Way());

    public NoticeMeter()
    {
        attempts = meter.CreateCounter<long>("whistle.notices", "{attempt}", "Attempts to reach people, by way and by what became of them.");
        duration = meter.CreateHistogram(
            "whistle.notices.duration", "s", "How long an attempt took.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15] });
        meter.CreateObservableGauge("whistle.notices.under_way", () => Measured(way => way.UnderWay), "{notice}", "Notices on their way out.");
        meter.CreateObservableGauge("whistle.notices.queued", () => Measured(way => way.Queued), "{notice}", "Notices that wait until there is room on their way.");
    }

    public void Dispose() => meter.Dispose();

    internal void Queued(AlertChannel channel, int change) => Interlocked.Add(ref ways[channel].Queued, change);

    internal void UnderWay(AlertChannel channel, int change) => Interlocked.Add(ref ways[channel].UnderWay, change);

    internal void Answered(AlertChannel channel, CourierAnswer answer, TimeSpan took)
    {
        attempts.Add(1, new("channel", AttemptViews.Channel(channel)), new("result", WireName<NoticeResult>.Of(answer.Result)));
        duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("channel", AttemptViews.Channel(channel)));
    }

    private IEnumerable<Measurement<int>> Measured(Func<Way, int> number) =>
        ways.Select(entry => new Measurement<int>(number(entry.Value), new KeyValuePair<string, object?>("channel", AttemptViews.Channel(entry.Key))));

    private sealed class Way
    {
        internal int Queued;
        internal int UnderWay;
    }
}
