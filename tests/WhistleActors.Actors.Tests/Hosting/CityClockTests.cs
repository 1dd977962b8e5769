using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Actors.Clustering;
using WhistleActors.Actors.Grids;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Hosting;

/// <summary>All nodes of a database go by its clock, however wrong their own are.</summary>
public sealed class CityClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private readonly Machine machine = new();
    private readonly CityClock clock;

    public CityClockTests() => clock = new CityClock(machine);

    [Fact]
    public void Until_the_database_has_spoken_it_is_the_machines()
    {
        clock.GetUtcNow().ShouldBe(Noon);
        clock.Known.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void What_the_database_says_first_holds_at_once_and_is_counted_on()
    {
        Tell(Noon.AddMinutes(-7));
        clock.GetUtcNow().ShouldBe(Noon.AddMinutes(-7));
        clock.Offset.ShouldBe(TimeSpan.FromMinutes(-7));
        clock.Known.IsCompleted.ShouldBeTrue();

        machine.Advance(TimeSpan.FromSeconds(20));
        clock.GetUtcNow().ShouldBe(Noon.AddMinutes(-7).AddSeconds(20));
    }

    [Fact]
    public void Half_of_the_round_trip_has_passed_since_it_was_said()
    {
        var sent = machine.GetTimestamp();
        machine.Advance(TimeSpan.FromSeconds(2));
        clock.Set(new CityClock.Reading(Noon.AddHours(1), sent, machine.GetTimestamp()));
        clock.GetUtcNow().ShouldBe(Noon.AddHours(1).AddSeconds(1));
    }

    [Fact]
    public void That_the_machines_clock_is_set_moves_nothing()
    {
        Tell(Noon);
        machine.Wrong = TimeSpan.FromMinutes(10);
        clock.GetUtcNow().ShouldBe(Noon);
        clock.Offset.ShouldBe(TimeSpan.FromMinutes(-10));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public void A_small_difference_is_worked_off_and_time_never_runs_backwards(int milliseconds)
    {
        Tell(Noon);
        Tell(Noon.AddMilliseconds(milliseconds));
        clock.GetUtcNow().ShouldBe(Noon);
        var before = clock.GetUtcNow();
        for (var i = 0; i < 30; i++)
        {
            machine.Advance(TimeSpan.FromSeconds(1));
            clock.GetUtcNow().ShouldBeGreaterThan(before);
            before = clock.GetUtcNow();
        }

        before.ShouldBe(Noon.AddSeconds(30).AddMilliseconds(milliseconds));
    }

    [Fact]
    public void What_may_be_the_round_trip_alone_is_no_difference()
    {
        Tell(Noon);
        var sent = machine.GetTimestamp();
        machine.Advance(TimeSpan.FromSeconds(4));
        clock.Set(new CityClock.Reading(Noon.AddSeconds(4), sent, machine.GetTimestamp()));
        machine.Advance(TimeSpan.FromMinutes(10));
        clock.GetUtcNow().ShouldBe(Noon.AddMinutes(10).AddSeconds(4));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public void A_jump_is_taken_over_at_once_and_told(int minutes)
    {
        Tell(Noon);
        var told = 0;
        using (clock.WhenItJumps(() => told++))
        {
            Tell(Noon.AddMinutes(minutes));
            clock.GetUtcNow().ShouldBe(Noon.AddMinutes(minutes));
            told.ShouldBe(1);
        }

        Tell(Noon);
        told.ShouldBe(1);
    }

    [Fact]
    public void An_alarm_that_waits_hears_of_a_jump()
    {
        Tell(Noon);
        var rung = 0;
        using var alarm = new Alarm(clock, () => rung++);
        alarm.Set(Noon.AddMinutes(1));
        Tell(Noon.AddMinutes(2));
        rung.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_asked_of_the_database()
    {
        await using var database = await TestPostgres.StartAsync();
        var wrong = new CityClock(new Ahead(TimeSpan.FromMinutes(5)));
        using var keeper = new ClockKeeper(wrong, database.ConnectionString, NullLogger<ClockKeeper>.Instance);
        await keeper.StartAsync(TestContext.Current.CancellationToken);
        await wrong.Known.WaitAsync(TestContext.Current.CancellationToken);

        // Whatever machine the database runs on: its clock is nearer to this one's than to the wrong one's.
        wrong.Offset.ShouldBeInRange(TimeSpan.FromMinutes(-7), TimeSpan.FromMinutes(-3));
        await keeper.StopAsync(TestContext.Current.CancellationToken);
    }

    private void Tell(DateTimeOffset now) => clock.Set(new CityClock.Reading(now, machine.GetTimestamp(), machine.GetTimestamp()));

    // Its clock can be set, and its counter counts on.
    private sealed class Machine() : FakeTimeProvider(Noon)
    {
        internal TimeSpan Wrong { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Wrong;

        public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
    }

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
