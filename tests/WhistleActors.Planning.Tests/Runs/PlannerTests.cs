using System.Text.Json;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Results;
using WhistleActors.Planning.Runs;
using Xunit;

namespace WhistleActors.Planning.Tests.Runs;

public sealed class PlannerTests
{
    private static readonly DepartmentCode Waterworks = DepartmentCode.Parse("waterworks");

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_one_thread_and_on_four()
    {
        var plan = SampleCity.Mains(perHour: 2) with { Crews = [new CrewRule([Waterworks], null, 0, [new Shift(8 * 60, 20 * 60, null), new Shift(20 * 60, 32 * 60, null)], 0.2, null)] };
        var one = JsonSerializer.Serialize(SampleCity.Run(plan, threads: 1));
        JsonSerializer.Serialize(SampleCity.Run(plan, threads: 4)).ShouldBe(one);
        JsonSerializer.Serialize(SampleCity.Run(plan with { Seed = 4 })).ShouldNotBe(one);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(20)]
    public void Flow_is_conserved_and_Littles_law_holds_in_every_run(double perHour)
    {
        var plan = SampleCity.Mains(perHour) with { Crews = [new CrewRule([Waterworks], 3, 0, [new Shift(22 * 60, 30 * 60, null), new Shift(6 * 60, 14 * 60, null)], 0.3, null)] };
        var result = SampleCity.Run(plan);
        result.Broken.ShouldBeEmpty();
        result.Departments.Sum(department => department.Summonses).ShouldBe(result.City.Summonses, 1e-6);
        foreach (var run in result.Runs)
            run.Departments.ShouldAllBe(tally => tally.OnTime + tally.Late + tally.Never == tally.Summonses);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(20)]
    public void Flow_is_conserved_and_runs_can_be_repeated_where_emergencies_take_crews_and_duties_ask_for_skills(double perHour)
    {
        var plan = SkilledCity.Plan(perHour);
        var result = SkilledCity.Run(plan);
        result.Broken.ShouldBeEmpty();
        foreach (var run in result.Runs)
            run.Departments.ShouldAllBe(tally => tally.OnTime + tally.Late + tally.Never == tally.Summonses);
        JsonSerializer.Serialize(SkilledCity.Run(plan, threads: 4)).ShouldBe(JsonSerializer.Serialize(result));
    }

    [Fact]
    public void What_asks_for_a_skill_that_no_crew_has_is_never_reached_and_the_rest_is()
    {
        var plan = SkilledCity.Plan(1) with { Moves = [new CrewMove(CrewCode.Parse("waterworks-2"), null, SampleCity.Command)] };
        SkilledCity.Run(plan).Departments.Single(department => department.Code == "waterworks").Never.ShouldBe(Mains(plan), 0.2 * Mains(plan));

        static double Mains(Plan plan) => plan.Arrivals[0].Expected(plan.Start.AddDays(1), plan.Days - 1);
    }

    [Fact]
    public void A_crew_that_is_taken_for_an_emergency_turns_round_where_it_is_and_what_it_left_waits_again()
    {
        // One crew, a daily whistle far away at 08:00, and ten minutes later, while the crew is on its way, an emergency where it came from.
        var (home, away) = (GridCode.Parse("99010100100201"), GridCode.Parse("99010200100201"));
        var plan = SkilledCity.Plan(0) with
        {
            Days = 1,
            WarmUp = TimeSpan.Zero,
            Crews = [new CrewRule([Waterworks], 1, 0, [], 0, null)],
            Work = new TimeLaw(TimeShape.Constant, TimeSpan.FromMinutes(30)),
            SetOut = TimeLaw.None,
            Travel = new TravelAssumption(1, 0.5, 0),
            Arrivals = [SkilledCity.Once("08:00", away, [1, 0, 0]), SkilledCity.Once("08:10", home, [0, 0, 1])],
        };
        var (seen, chosen) = SkilledCity.Seen(plan);

        chosen.Select(choice => choice.Crews.Single(crew => crew.Crew == choice.Crew).OnTheWay).ShouldBe([false, true, false]);
        seen.Select(checkIn => checkIn.Number).ShouldBe([1, 0]);
        seen[0].CheckIn.ShouldBe(chosen[1].Now + (long)chosen[1].Crews[0].Travel[^1]);
        TimeSpan.FromTicks(seen[0].CheckIn - chosen[1].Now).TotalMinutes.ShouldBe(10, 0.001);
        chosen[2].Now.ShouldBe(seen[0].CheckIn + seen[0].Work);
        seen[1].CheckIn.ShouldBe(chosen[2].Now + (long)chosen[2].Crews[0].Travel[0]);

        var result = SkilledCity.Run(plan);
        result.Departments.Single(department => department.Code == Waterworks.Text).Taken!.Mean.ShouldBe(1);
        result.City.Taken!.Mean.ShouldBe(1);
        SkilledCity.Run(plan with { Crews = [new CrewRule([Waterworks], 2, 0, [], 0, null)] }).City.Taken!.Mean.ShouldBe(0);

        // That of the warm-up is not counted.
        var later = plan with { Days = 2, WarmUp = TimeSpan.FromDays(1), Arrivals = [.. plan.Arrivals, SkilledCity.Once("1.08:00", home, [1, 0, 0])] };
        SkilledCity.Run(later).Departments.Single(department => department.Code == Waterworks.Text).Taken!.Mean.ShouldBe(0);
    }

    [Fact]
    public void Crews_taken_for_emergencies_are_counted_department_by_department_and_never_without_emergencies()
    {
        var plan = SkilledCity.Plan(2);
        var result = SkilledCity.Run(plan);
        result.City.Taken.ShouldNotBeNull().Count.ShouldBe(plan.Replications);
        result.City.Taken.Low.ShouldBeInRange(0, result.City.Taken.Mean - 1e-9);
        result.Departments.Sum(department => department.Taken!.Mean).ShouldBe(result.City.Taken.Mean, 1e-9);

        var calm = plan with { Arrivals = [.. plan.Arrivals.OfType<Arrivals.Steady>().Select(arrivals => arrivals with { Levels = [0.7, 0.3, 0] })] };
        SkilledCity.Run(calm).City.Taken.ShouldBe(new Interval(0, 0, 0, plan.Replications));
    }

    [Fact]
    public void An_account_that_does_not_agree_is_named()
    {
        var book = default(FlowBook);
        book.Came();
        book.Pass(100);
        book.Sent(waited: 90);
        book.Pass(150);
        book.Done(took: 50);
        book.Check(0, 0, 0, 0).ShouldNotBeNull().ShouldContain("Little's law of the queue: 100 by instants, 90 by summonses");
        book.Check(1, 0, 0, 0).ShouldNotBeNull().ShouldContain("flow");
    }

    [Fact]
    public void Without_crews_nobody_ever_comes_and_the_run_ends()
    {
        var plan = SampleCity.Mains(2) with { Crews = [new CrewRule([Waterworks], 0, 0, [], 0, null)] };
        var waterworks = SampleCity.Run(plan).Departments.Single(department => department.Code == "waterworks");
        waterworks.Never.ShouldBe(waterworks.Summonses);
        waterworks.OnTime!.Mean.ShouldBe(0);
        waterworks.Quantiles.ShouldAllBe(quantile => quantile.Minutes == null);
        waterworks.CheckInMinutes.ShouldBeNull();
        waterworks.Utilisation.ShouldBeNull();
    }

    [Fact]
    public void Crews_that_never_come_to_work_reach_nobody() =>
        SampleCity.Run(SampleCity.Mains(2) with { Crews = [new CrewRule([Waterworks], 5, 0, [], 1, null)] })
            .Departments.Single(department => department.Code == "waterworks").OnTime!.Mean.ShouldBe(0);

    [Fact]
    public void Without_whistles_there_is_an_empty_result()
    {
        var result = SampleCity.Run(SampleCity.Mains(0));
        (result.Whistles, result.Departments.Count, result.City.OnTime, result.Bottleneck).ShouldBe((0, 0, null, null));
    }

    [Fact]
    public void A_run_that_is_stopped_says_that_it_is_partial()
    {
        using var stop = new CancellationTokenSource();
        var result = Planner.Run(SampleCity.Pack, SampleCity.Mains(2), progress: done => { if (done == 3) stop.Cancel(); }, stop: stop.Token);
        (result.Partial, result.Replications, result.Asked).ShouldBe((true, 3, 8));
        result.City.OnTime!.Count.ShouldBe(3);
    }

    [Fact]
    public void Work_outside_the_shift_waits_for_the_morning()
    {
        var plan = SampleCity.Queue(1, 1, new TimeLaw(TimeShape.Constant, TimeSpan.FromMinutes(1)), 5, 4) with
        {
            Crews = [new CrewRule([SampleCity.Command], null, 0, [new Shift(8 * 60, 20 * 60, 1)], 0, null)],
        };

        // Half of the whistles come in the twelve hours without a crew and wait for six hours on average.
        var command = SampleCity.Run(plan with { Days = 60 }).Departments.Single();
        command.Queued!.Mean.ShouldBe(0.5, 0.05);
        command.QueueMinutes!.Mean.ShouldBe(180, 15);
    }

    [Fact]
    public void A_plan_compared_with_itself_shows_no_real_difference()
    {
        var plan = SampleCity.Mains(2);
        PlanComparison.Of(SampleCity.Run(plan), SampleCity.Run(plan)).Departments
            .ShouldAllBe(row => !row.OnTime!.Real && row.OnTime.Change.Mean == 0);
    }

    [Fact]
    public void One_more_crew_is_a_real_difference_where_it_was_missing_and_none_elsewhere()
    {
        var plan = SampleCity.Mains(2);
        var comparison = SampleCity.Compare(plan, plan with { Crews = [new CrewRule([Waterworks], null, 1, [], 0, null)] });
        var waterworks = comparison.Departments.Single(row => row.Code == "waterworks");
        waterworks.OnTime!.Real.ShouldBeTrue();
        waterworks.OnTime.Change.Mean.ShouldBePositive();

        // Pairs meet the same chance. The others do not do quite as before, because they prefer places where a department is there already.
        comparison.Departments.Single(row => row.Code == "990101-roads").OnTime!.Real.ShouldBeFalse();
    }

    [Fact]
    public void A_crew_posted_or_lent_works_where_it_is_sent()
    {
        var lent = SampleCity.Mains(2) with { Moves = [new CrewMove(CrewCode.Parse("command-1"), null, Waterworks)] };
        var comparison = SampleCity.Compare(SampleCity.Mains(2), lent);
        comparison.After.Departments.Single(row => row.Code == "waterworks").Crews.ShouldBe(3);
        comparison.Departments.Single(row => row.Code == "waterworks").OnTime!.Change.Mean.ShouldBePositive();

        var posted = SampleCity.Mains(0.2) with { Moves = [new CrewMove(CrewCode.Parse("waterworks-1"), SubdistrictCode.Parse("990102001"), null)] };
        SampleCity.Compare(SampleCity.Mains(0.2), posted).Departments.Single(row => row.Code == "waterworks")
            .CheckInMinutes!.Change.Mean.ShouldNotBe(0);
    }

    [Fact]
    public void The_crews_needed_are_enough_and_one_fewer_are_not()
    {
        var plan = SampleCity.Mains(3) with { Limits = [new LimitRule(null, [], 60)], Target = 0.9 };
        var need = SampleCity.CrewsNeeded(plan, Waterworks);
        var needed = need.Needs.ShouldNotBeNull();
        need.Has.ShouldBe(2);
        need.Then!.OnTime!.Low.ShouldBeGreaterThanOrEqualTo(0.9);
        OnTimeWith(needed).Low.ShouldBeGreaterThanOrEqualTo(0.9);
        OnTimeWith(needed - 1).Low.ShouldBeLessThan(0.9);

        Interval OnTimeWith(int crews) => SampleCity.Run(plan with { Crews = [new CrewRule([Waterworks], crews, 0, [], 0, null)] })
            .Departments.Single(department => department.Code == "waterworks").OnTime!;
    }

    [Fact]
    public void Where_no_number_of_crews_is_enough_the_search_says_so()
    {
        var plan = SampleCity.Mains(0.2, days: 3, replications: 3) with { SetOut = new TimeLaw(TimeShape.Constant, TimeSpan.FromHours(2)), Limits = [new LimitRule(null, [], 30)] };
        var need = SampleCity.CrewsNeeded(plan, Waterworks);
        (need.Needs, need.Then!.Crews).ShouldBe((null, CrewNeed.MostTried));
    }

    [Fact]
    public void A_storm_blows_each_grid_once_before_any_twice()
    {
        var plan = SampleCity.Mains(0) with
        {
            WarmUp = TimeSpan.Zero,
            Arrivals = [new Arrivals.Storm(1, SampleCity.Steady("burst-main", 1).Matters, SampleCity.Steady("burst-main", 1).Grids, [0, 0, 1], TimeSpan.FromHours(30), TimeSpan.FromMinutes(10), 6)],
        };
        var result = SampleCity.Run(plan);
        result.Whistles.ShouldBe(6);
        result.Subdistricts.Sum(place => place.Summonses).ShouldBe(12);
        result.Subdistricts.Select(place => place.Summonses / 2).ShouldBe(
            SampleCity.Pack.Territory.Grids.Values.GroupBy(grid => grid.Subdistrict.Text).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (double)group.Count()));
        result.Hours.Where(hour => hour.Summonses > 0).ShouldHaveSingleItem().Hour.ShouldBe(30);
    }
}
