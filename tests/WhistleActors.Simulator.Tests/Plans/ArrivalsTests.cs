using CsCheck;
using Shouldly;
using WhistleActors.Simulator.Plans;
using Xunit;

namespace WhistleActors.Simulator.Tests.Plans;

public sealed class ArrivalsTests
{
    [Fact]
    public void Arrivals_come_in_order_within_the_duration_and_as_often_as_asked() => Gen.Select(Gen.Int, Gen.Double[50, 600]).Sample(
        (seed, perMinute) =>
        {
            var times = Arrivals.Poisson(perMinute, TimeSpan.FromMinutes(10), new Random(seed)).ToList();

            times.ShouldBeInOrder();
            times.ShouldAllBe(time => time > TimeSpan.Zero && time < TimeSpan.FromMinutes(10));

            // Six standard deviations of a Poisson number.
            var mean = perMinute * 10;
            times.Count.ShouldBeInRange((int)(mean - (6 * Math.Sqrt(mean))), (int)(mean + (6 * Math.Sqrt(mean))));
        },
        iter: 200);

    [Fact]
    public void The_same_seed_gives_the_same_times() =>
        Arrivals.Poisson(60, TimeSpan.FromMinutes(5), StableRandom.For(7, 0, "rate"))
            .ShouldBe(Arrivals.Poisson(60, TimeSpan.FromMinutes(5), StableRandom.For(7, 0, "rate")));

    [Fact]
    public void Half_of_all_work_takes_no_longer_than_the_median()
    {
        var random = new Random(3);
        var shorter = Enumerable.Range(0, 10_000).Count(_ => Arrivals.LogNormal(TimeSpan.FromMinutes(10), 0.5, random) <= TimeSpan.FromMinutes(10));

        shorter.ShouldBeInRange(4_800, 5_200);
    }

    [Fact]
    public void A_pace_waits_for_deadlines_only_as_long_as_there_is_patience()
    {
        var pace = new Pace(60, TimeSpan.FromMinutes(5));
        var now = DateTimeOffset.UnixEpoch;

        pace.Compress(TimeSpan.FromMinutes(30)).ShouldBe(TimeSpan.FromSeconds(30));
        pace.UntilAfter(now.AddMinutes(4), now, TimeSpan.FromSeconds(30)).ShouldBe(TimeSpan.FromMinutes(4.5));
        pace.UntilAfter(now.AddMinutes(5), now, TimeSpan.FromSeconds(30)).ShouldBeNull();
        pace.UntilAfter(now.AddMinutes(-5), now, TimeSpan.FromSeconds(30)).ShouldBe(TimeSpan.Zero);
        pace.UntilAfter(null, now, TimeSpan.FromSeconds(30)).ShouldBeNull();
    }
}
