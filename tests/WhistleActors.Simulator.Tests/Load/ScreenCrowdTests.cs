using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Simulator.Load;
using Xunit;

namespace WhistleActors.Simulator.Tests.Load;

/// <summary>Screens beside a load.</summary>
public sealed class ScreenCrowdTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly ConcurrentQueue<(string Board, TimeSpan At)> came = new();
    private readonly DateTimeOffset began;
    private Func<CancellationToken, Task> picture = _ => Task.CompletedTask;
    private int there;

    public ScreenCrowdTests() => began = clock.GetUtcNow();

    [Fact]
    public async Task Some_stay_and_the_others_come_and_go_each_at_a_time_of_its_own()
    {
        var (crowd, stop) = Crowd(connected: 2, flapping: 2, stays: 60, away: 20);

        await clock.PassUntilAsync(() => crowd.Connects >= 10);
        await stop();

        // Two that stay are there from the beginning; of the others one as well, and one half a coming and going behind it.
        var times = came.Select(screen => screen.At.TotalSeconds).ToList();
        times.Take(3).ShouldBe([0, 0, 0]);
        times[3].ShouldBeInRange(40, 79);
        times.Skip(3).Zip(times.Skip(5), (one, next) => next - one).ShouldAllBe(passed => passed >= 80, "each is away for a while after it has stayed, and who stays does not come again");
        there.ShouldBe(0, "all are gone at the end");
    }

    [Fact]
    public async Task One_that_waits_for_its_picture_for_15_seconds_is_blank_and_one_that_the_end_of_the_load_found_waiting_is_not()
    {
        picture = cancel => Task.Delay(Timeout.InfiniteTimeSpan, cancel);

        var (early, stopEarly) = Crowd(connected: 3);
        await clock.PassAsync(14);
        await stopEarly();
        (early.Connects, early.Blank).ShouldBe((0, 0));

        var (late, stopLate) = Crowd(connected: 3);
        await clock.PassUntilAsync(() => late.Blank == 3);
        (clock.GetUtcNow() - began).ShouldBeLessThan(TimeSpan.FromSeconds(14 + 200), "it goes by the same clock as all else");
        await stopLate();
        late.Connects.ShouldBe(0);
    }

    [Fact]
    public async Task One_whose_access_was_withdrawn_is_blank_and_the_load_goes_on()
    {
        picture = _ => Task.FromException(new AccessWithdrawnException("access-withdrawn"));

        var (crowd, stop) = Crowd(connected: 2);
        await clock.PassUntilAsync(() => crowd.Blank == 2);
        await stop();

        crowd.Connects.ShouldBe(0);
    }

    [Fact]
    public async Task How_long_the_first_picture_took_is_measured_by_the_same_clock()
    {
        picture = cancel => Task.Delay(TimeSpan.FromSeconds(5), clock, cancel);

        var (crowd, stop) = Crowd(connected: 4);
        await clock.PassUntilAsync(() => crowd.Connects == 4);
        await stop();

        (crowd.FirstPicture.Count, crowd.Blank).ShouldBe((4, 0));
        crowd.FirstPicture.Percentile(1)!.Value.TotalSeconds.ShouldBeGreaterThan(4.9);
    }

    private (ScreenCrowd Crowd, Func<Task> Stop) Crowd(int connected, int flapping = 0, int stays = 1, int away = 1)
    {
        var stop = new CancellationTokenSource();
        var screens = new Screens(connected, flapping, TimeSpan.FromSeconds(stays), TimeSpan.FromSeconds(away));
        var crowd = new ScreenCrowd(screens, board => new Screen(this, board), ["city", "district:1"], clock);
        var running = crowd.RunAsync(stop.Token);
        return (crowd, async () =>
        {
            await stop.CancelAsync();
            await running;
            stop.Dispose();
        });
    }

    private sealed class Screen : IScreen
    {
        private readonly ScreenCrowdTests test;

        public Screen(ScreenCrowdTests test, string board)
        {
            this.test = test;
            Interlocked.Increment(ref test.there);
            test.came.Enqueue((board, test.clock.GetUtcNow() - test.began));
        }

        public Task HasPictureAsync(CancellationToken cancel) => test.picture(cancel);

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref test.there);
            return ValueTask.CompletedTask;
        }
    }
}
