using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Tests.Verification;
using Xunit;

namespace WhistleActors.Simulator.Tests.Measures;

public sealed class PushMeterTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly PushMeter push;

    public PushMeterTests() => push = new PushMeter(clock);

    [Fact]
    public void The_time_from_answer_to_board_is_measured_also_when_the_board_passes_over_a_version()
    {
        push.Answered("w", 1);
        clock.Advance(TimeSpan.FromMilliseconds(20));
        push.Answered("w", 2);
        clock.Advance(TimeSpan.FromMilliseconds(10));
        push.Shown(Change(rebuilt: false, FakeServer.View("w", 2)));

        push.Waiting.ShouldBe(0);
        push.Latencies.Count.ShouldBe(2);
        push.Latencies.Percentile(100)!.Value.TotalMilliseconds.ShouldBe(30, tolerance: 0.1);
        push.Latencies.Percentile(50)!.Value.TotalMilliseconds.ShouldBe(10, tolerance: 0.1);
    }

    [Fact]
    public void What_the_board_showed_before_the_answer_came_took_no_time()
    {
        push.Shown(Change(rebuilt: false, FakeServer.View("w", 3)));
        clock.Advance(TimeSpan.FromMilliseconds(20));
        push.Answered("w", 3);

        push.Latencies.Percentile(100)!.Value.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void What_ended_while_the_board_was_away_is_not_waited_for()
    {
        push.Answered("w", 9);
        push.Answered("v", 1);
        push.Shown(Change(rebuilt: true, FakeServer.View("v", 1)));

        push.Waiting.ShouldBe(0);
        push.Latencies.Count.ShouldBe(1);
    }

    private static BoardChange Change(bool rebuilt, params WhistleView[] whistles) => new(
        new BoardPicture(
            new BoardPosition("e", 1), whistles.ToImmutableDictionary(whistle => whistle.Id), ImmutableDictionary<string, LoadView>.Empty, ImmutableDictionary<string, DistrictLoadView>.Empty, City: null, DateTimeOffset.UnixEpoch, Saturated: []),
        whistles,
        [],
        [],
        rebuilt);
}
