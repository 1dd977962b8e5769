using Shouldly;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Runs;
using Xunit;

namespace WhistleActors.Planning.Tests.Runs;

/// <summary>The light model of a run against the rules that the actors obey: whistles of a run are ordered from the rules, command by command.</summary>
public sealed class SameRulesTests
{
    [Theory]
    [InlineData("burst-main", "2026-03-02")]
    [InlineData("pothole", "2026-06-26")]
    public void Whistles_of_a_run_have_the_same_deadlines_and_verdicts_under_the_rules(string matter, string start)
    {
        // The duty for potholes passes to another department in the middle of the run.
        var plan = SampleCity.Mains(1) with { Start = DateOnly.Parse(start, null), Arrivals = [SampleCity.Steady(matter, 1, [0.6, 0.2, 0.2])] };
        var city = new CityModel(SampleCity.Pack, plan);
        var seen = new List<SeenCheckIn>();
        new Replication(city, plan.Seed, 0, seen: seen.Add).Run(TestContext.Current.CancellationToken).ShouldNotBeNull();
        var whistles = seen.GroupBy(checkIn => (checkIn.Blown, checkIn.Grid)).Take(150).ToList();

        foreach (var whistle in whistles)
            Replay(city, [.. whistle.OrderBy(checkIn => checkIn.CheckIn)]);
        whistles.SelectMany(whistle => whistle).Select(checkIn => checkIn.OnTime).Distinct().Count().ShouldBe(2, "the sample must have both verdicts");
    }

    private static void Replay(CityModel city, List<SeenCheckIn> checkIns)
    {
        var (pack, first) = (city.Pack, checkIns[0]);
        var grid = city.Grids[first.Grid];
        var state = Decide(city, GridState.Empty(grid.Code), first.Blown, grid.Subdistrict.Text, Role.SubdistrictOfficer, new BlowWhistle(
            city.Matters[first.Matter], WhistleOccasion.PublicDemand, (WhistleLevel)first.Level, WhistleChain.Service, "推演", null, null, null), out _);
        var blown = state.Whistles.Values.Single();
        blown.Summonses.Where(summons => summons.CheckInBy is not null).Select(summons => summons.Department.Text).Order(StringComparer.Ordinal)
            .ShouldBe(checkIns.Select(checkIn => city.Departments[checkIn.Department].Code.Text).Order(StringComparer.Ordinal));

        foreach (var checkIn in checkIns)
        {
            var department = city.Departments[checkIn.Department].Code;
            blown.SummonsOf(department)!.CheckInBy.ShouldBe(At(city, checkIn.Due));
            var fix = new PositionFix(new Position(grid.Area.InnerPoint().Lon, grid.Area.InnerPoint().Lat, Datum.Wgs84), 5, At(city, checkIn.CheckIn));
            state = Decide(city, state, checkIn.CheckIn, department.Text, Role.Crew, new CheckInCrew(blown.Id, department, fix, null, null, null), out var events);
            events.OfType<CrewCheckedIn>().Single().Late.ShouldBe(!checkIn.OnTime);
        }
    }

    private static GridState Decide(CityModel city, GridState state, long at, string organisation, Role role, GridCommand command, out IReadOnlyList<GridEvent> events)
    {
        var officer = new Officer(PersonId.Parse("planner"), "planner", OrganisationCode.Parse(organisation), role);
        var decision = GridRules.Decide(state, new Order(command, officer), new GridContext(city.Pack, city.Pack.Territory.Grids[state.Grid], At(city, at)));
        events = decision.ShouldBeOfType<Decision.Accepted>((decision as Decision.Refused)?.Refusal.ToString()).Events;
        return events.Aggregate(state, GridFold.Apply);
    }

    private static DateTimeOffset At(CityModel city, long ticks) => city.Clock.Epoch.AddTicks(ticks);
}
