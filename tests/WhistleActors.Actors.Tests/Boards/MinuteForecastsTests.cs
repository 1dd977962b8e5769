using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Records;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Boards;

public sealed class MinuteForecastsTests
{
    private static readonly DateTimeOffset Begin = ExampleCity.Morning;

    private readonly CityLoads loads = new();

    [Fact]
    public void A_load_that_grows_by_two_a_minute_has_sixty_more_in_half_an_hour_and_the_district_has_what_its_parties_have()
    {
        var roads = DepartmentCode.Parse("990101-roads");
        for (var minute = 0; minute < 60; minute++)
        {
            Hold(roads, 2 * (minute + 1), minute);
            Hold(ExampleCity.Waterworks, 5, minute);
        }

        var told = new MinuteForecasts(loads, ExampleCity.Pack).After(At(60)).ToDictionary(forecast => forecast.Organisation);

        // The last whole minute is the 59th, with 118 open.
        told["990101-roads"].ShouldBe(new LoadForecastView("990101-roads", told["990101"].Version, 118 + 60, 118 + 120));
        (told["990101"].OpenIn30Minutes, told["990101"].OpenIn60Minutes).ShouldBe((178, 238));
        (told["waterworks"].OpenIn30Minutes, told["waterworks"].OpenIn60Minutes).ShouldBe((5, 5));
        told.Count.ShouldBe(3);
    }

    [Fact]
    public void It_is_told_once_a_minute_when_that_is_whole_in_the_journal_and_only_where_it_changed()
    {
        var forecasts = new MinuteForecasts(loads, ExampleCity.Pack);
        for (var minute = 0; minute < 40; minute++)
            Hold(ExampleCity.Waterworks, 5, minute);

        var first = forecasts.After(At(40)).ShouldHaveSingleItem();
        forecasts.After(At(40.5)).ShouldBeEmpty();
        forecasts.After(At(41)).ShouldBeEmpty();
        Hold(ExampleCity.Waterworks, 50, 41);
        forecasts.After(At(42)).ShouldBeEmpty("the minute is not over for two seconds");

        var next = forecasts.After(At(42) + TimeSpan.FromSeconds(2)).ShouldHaveSingleItem();
        next.Version.ShouldBe(first.Version + 3);
        next.OpenIn30Minutes.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Nodes_that_begin_at_different_times_come_to_the_same()
    {
        for (var minute = 0; minute < 50; minute++)
            Hold(ExampleCity.Waterworks, minute % 7, minute);
        var old = new MinuteForecasts(loads, ExampleCity.Pack);
        _ = old.After(At(30)).ToList();

        var late = new MinuteForecasts(loads, ExampleCity.Pack).After(At(50) + TimeSpan.FromSeconds(20)).ToList();

        old.After(At(50) + TimeSpan.FromSeconds(2)).ShouldBe(late);
        late.ShouldNotBeEmpty();
    }

    private static DateTimeOffset At(double minute) => Begin.AddMinutes(minute);

    private void Hold(DepartmentCode department, int open, int minute)
    {
        var held = Enumerable.Range(1, open).Select(number => KeyValuePair.Create(
            new WhistleId(ExampleCity.Belfry, number),
            new HeldSummons(1, DutyRole.Lead, WhistleLevel.Daily, SummonsState.Summoned, null, null, null, null, Owes: true, Committed: false)));
        loads.Take(DepartmentState.Empty(department) with { Held = ImmutableDictionary.CreateRange(held) }, At(minute).AddSeconds(30));
    }
}
