using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Simulator.Load;
using Xunit;

namespace WhistleActors.Simulator.Tests.Load;

public class TimelineTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_latency_counts_where_the_command_was_meant_to_be_sent_and_its_answer_where_it_came()
    {
        var timeline = new Timeline(clock, TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(3.5));
        timeline.Accepted(TimeSpan.FromSeconds(3), isBlow: true);
        var rows = timeline.Rows();
        rows.Count.ShouldBe(4);
        (rows[0].Accepted, rows[3].Accepted).ShouldBe((0, 1));
        rows[0].BlowP50!.Value.ShouldBe(3_000, tolerance: 200);
        (rows[3].BlowP50, rows[0].OtherP50).ShouldBe((null, null));
    }

    [Fact]
    public void What_was_due_a_while_ago_counts_then_and_what_was_refused_or_not_sent_now()
    {
        var timeline = new Timeline(clock, TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(2.5));
        timeline.Due(ago: TimeSpan.FromSeconds(2));
        timeline.Refused("overloaded");
        timeline.Refused("overloaded");
        timeline.NotSent();
        timeline.Open(7);
        timeline.Open(3);
        var rows = timeline.Rows();
        rows.Select(row => row.Due).ShouldBe([1, 0, 0]);
        (rows[2].Refused["overloaded"], rows[2].NotSent, rows[2].Open).ShouldBe((2, 1, 7));
    }

    [Fact]
    public void However_long_a_run_takes_it_does_not_grow()
    {
        var timeline = new Timeline(clock, Timeline.WidthFor(TimeSpan.FromMinutes(10)));
        timeline.Width.ShouldBe(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromDays(2));
        timeline.Accepted(TimeSpan.FromSeconds(1), isBlow: false);
        timeline.Accepted(TimeSpan.FromDays(9), isBlow: false);
        timeline.Rows().Count.ShouldBe(Timeline.MostSlices);
        timeline.Rows()[^1].Accepted.ShouldBe(2);
    }
}
