using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Records;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Crews;
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

        var told = New().After(At(60)).ToDictionary(forecast => forecast.Organisation);

        // The last whole minute is the 59th, with 118 open.
        told["990101-roads"].ShouldBe(new LoadForecastView("990101-roads", told["990101"].Version, 118 + 60, 118 + 120, told["990101-roads"].CrewsAtWork));
        (told["990101"].OpenIn30Minutes, told["990101"].OpenIn60Minutes).ShouldBe((178, 238));
        (told["waterworks"].OpenIn30Minutes, told["waterworks"].OpenIn60Minutes).ShouldBe((5, 5));
        told.Count.ShouldBe(3);
    }

    [Fact]
    public void It_is_told_once_a_minute_when_that_is_whole_in_the_journal_and_only_where_it_changed()
    {
        var forecasts = New();
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
        var old = New();
        _ = old.After(At(30)).ToList();

        var late = New().After(At(50) + TimeSpan.FromSeconds(20)).ToList();

        old.After(At(50) + TimeSpan.FromSeconds(2)).ShouldBe(late);
        late.ShouldNotBeEmpty();
    }

    [Fact]
    public void Crews_count_that_are_at_work_for_a_department_without_those_off_duty_or_lent_away()
    {
        var roads = DepartmentCode.Parse("990101-roads");
        var crew = ExampleCity.Pack.CrewsOf(roads).ShouldHaveSingleItem().Code;
        Hold(roads, 1, 0);
        Hold(ExampleCity.EastRoads, 1, 0);
        var known = new Dictionary<DepartmentCode, int>();
        var (none, orders) = (DepartmentCrews.None, DepartmentCrews.None);
        var forecasts = new MinuteForecasts(loads, ExampleCity.Pack, () => new CrewPlans(ExampleCity.Pack, department => department == roads ? orders : null));

        var atHome = AtWork(2);
        orders = none with { Duties = none.Duties.Add(crew, new CrewDuty(OnDuty: false, At(30), Begin, null, null)) };
        var offDuty = AtWork(4);
        orders = none with { Lent = none.Lent.Add(crew, new CrewLoan(ExampleCity.EastRoads, At(30), Begin, null, "汛期")) };
        var lent = AtWork(6);

        atHome.Here.ShouldBe(1);
        offDuty.Here.ShouldBe(0);
        (lent.Here, lent.There).ShouldBe((0, atHome.There + 1));

        (int Here, int There) AtWork(double minute)
        {
            var told = forecasts.After(At(minute));
            return (Of(roads), Of(ExampleCity.EastRoads));

            // What did not change is not told.
            int Of(DepartmentCode department) => known[department] = told.SingleOrDefault(forecast => forecast.Organisation == department.Text)?.CrewsAtWork ?? known[department];
        }
    }

    [Fact]
    public void What_did_not_change_is_told_anew_after_ten_minutes()
    {
        var forecasts = New();
        Hold(ExampleCity.Waterworks, 5, 0);
        forecasts.After(At(40)).ShouldNotBeEmpty();
        forecasts.After(At(49)).ShouldBeEmpty();
        forecasts.After(At(50)).ShouldNotBeEmpty();
    }

    private MinuteForecasts New() => new(loads, ExampleCity.Pack, () => CrewPlans.None(ExampleCity.Pack));

    private static DateTimeOffset At(double minute) => Begin.AddMinutes(minute);

    private void Hold(DepartmentCode department, int open, int minute)
    {
        var held = Enumerable.Range(1, open).Select(number => KeyValuePair.Create(
            new WhistleId(ExampleCity.Belfry, number),
            new HeldSummons(1, DutyRole.Lead, WhistleLevel.Daily, SummonsState.Summoned, null, null, null, null, Owes: true, Committed: false)));
        loads.Take(DepartmentState.Empty(department) with { Held = ImmutableDictionary.CreateRange(held) }, At(minute).AddSeconds(30));
    }
}
