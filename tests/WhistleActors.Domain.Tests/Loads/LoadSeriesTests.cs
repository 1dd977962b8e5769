using CsCheck;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Loads;
using Xunit;

namespace WhistleActors.Domain.Tests.Loads;

public sealed class LoadSeriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_tells_how_the_load_stood_when_each_minute_ended()
    {
        var series = new LoadSeries();
        series.Record(Noon.AddSeconds(10), Open(1));
        series.Record(Noon.AddSeconds(50), Open(2));
        series.Record(Noon.AddMinutes(3), Open(1));

        series.EveryMinute(Noon.AddMinutes(-2), Noon.AddMinutes(4)).Select(point => point.Load.Open).ShouldBe([0, 2, 2, 2, 1, 1]);
        series.Points.Count.ShouldBe(2);
    }

    [Fact]
    public void A_clock_that_is_a_little_behind_does_not_turn_time_back()
    {
        var series = new LoadSeries();
        series.Record(Noon.AddMinutes(1), Open(5));
        series.Record(Noon.AddSeconds(59), Open(4));

        series.Points.ShouldHaveSingleItem().ShouldBe(new LoadPoint(Noon.AddMinutes(1), Open(4)));
    }

    [Fact]
    public void Whatever_happens_it_stays_within_its_memory_and_tells_the_same_as_a_list_of_everything() =>
        Gen.Select(Gen.Int[0, 5_000], Gen.Int[0, 50]).List[1, 300].Sample(steps =>
        {
            var (series, now, all) = (new LoadSeries(), Noon, new List<(DateTimeOffset At, int Open)>());
            foreach (var (seconds, open) in steps)
            {
                now = now.AddSeconds(seconds);
                series.Record(now, Open(open));
                all.Add((now, open));
            }

            series.Points.Count.ShouldBeLessThanOrEqualTo((int)LoadSeries.Memory.TotalMinutes + 2);
            foreach (var point in series.EveryMinute(now - LoadSeries.Memory + TimeSpan.FromMinutes(1), now))
                point.Load.Open.ShouldBe(all.LastOrDefault(entry => entry.At < point.Minute.AddMinutes(1)).Open);
        }, iter: 200);

    [Theory]
    [InlineData(new[] { 4 }, 30, 4)]
    [InlineData(new[] { 4, 4, 4, 4 }, 30, 4)]
    [InlineData(new[] { 0, 2, 4, 6 }, 10, 26)]
    [InlineData(new[] { 6, 4, 2, 0 }, 10, 0)]
    [InlineData(new[] { 0, 0, 10, 10 }, 1, 14)]
    public void A_trend_goes_on_from_where_the_load_stands(int[] open, int minutes, double expected) =>
        LoadForecast.After(open, TimeSpan.FromMinutes(minutes)).ShouldBe(expected, 1e-9);

    private static DepartmentLoad Open(int open) => DepartmentLoad.None with { Open = open };
}
