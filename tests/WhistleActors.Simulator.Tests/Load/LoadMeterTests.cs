using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Ledgers;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Load;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Tests.Verification;
using Xunit;

namespace WhistleActors.Simulator.Tests.Load;

public sealed class LoadMeterTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"whistle-meter-{Guid.NewGuid():N}");
    private readonly LedgerFile ledger;
    private readonly LoadMeter meter;

    public LoadMeterTests()
    {
        ledger = new LedgerFile(path, new LedgerHead(LedgerHead.Version, "r", new Uri("http://127.0.0.1:1"), "c", "s", 1, DateTimeOffset.UnixEpoch));
        meter = new LoadMeter(ledger, new Timeline(new FakeTimeProvider(), TimeSpan.FromSeconds(1)));
    }

    public void Dispose()
    {
        ledger.Dispose();
        File.Delete(path);
    }

    [Fact]
    public void A_command_is_written_down_before_it_is_sent_and_again_when_it_was_answered()
    {
        var blow = Errand("k", Level.Daily);
        meter.Sending(blow, TimeSpan.Zero);
        File.ReadAllLines(path).Length.ShouldBe(2);
        meter.Accepted(blow, FakeServer.View("w", 1), TimeSpan.FromMilliseconds(5));
        File.ReadAllLines(path)[2].ShouldContain("\"accepted\":\"k\"");
    }

    [Fact]
    public void A_refusal_that_is_repeated_later_is_counted_and_no_answer_yet()
    {
        var blow = Errand("k", Level.Emergency);
        meter.Sending(blow, TimeSpan.Zero);
        meter.Refused(blow, "overloaded", isFinal: false);
        meter.Refused(blow, "overloaded", isFinal: false);
        File.ReadAllLines(path).Length.ShouldBe(2);
        meter.Refused(blow, "grid-full", isFinal: true);
        File.ReadAllLines(path)[2].ShouldContain("\"refused\":\"k\"");
        meter.Refusals.ShouldBe([("overloaded", Level.Emergency, false, 2), ("grid-full", Level.Emergency, true, 1)]);
    }

    [Fact]
    public void What_this_machine_sends_late_is_told_with_the_longest_delay()
    {
        meter.Sending(Errand("a", Level.Daily), LoadMeter.InTime);
        meter.Sending(Errand("b", Level.Daily), TimeSpan.FromSeconds(3));
        meter.Sending(Errand("c", Level.Daily), TimeSpan.FromSeconds(1));
        (meter.Behind, meter.LongestBehind).ShouldBe((2, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void What_is_not_sent_is_counted_by_level()
    {
        foreach (var level in (Level[])[Level.Daily, Level.Emergency, Level.Daily])
            meter.NotSent(level);
        meter.NotSentByLevel.ShouldBe([(Level.Daily, 2), (Level.Emergency, 1)]);
        meter.NotSentInAll.ShouldBe(3);
    }

    private static Errand Errand(string key, Level level) => new(key, CommandKind.Blow, Whistle: null, Department: null, "g1", level);
}
