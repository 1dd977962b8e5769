using System.Collections.Frozen;
using Shouldly;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Travel;
using WhistleActors.Planning.Chances;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Runs;
using Xunit;

namespace WhistleActors.Planning.Tests.Runs;

/// <summary>Crews of a plan travel as the city pack says.</summary>
public sealed class TravelTests
{
    private static readonly CityPack Pack = Slow(SampleCity.Pack);

    [Fact]
    public void A_first_journey_takes_what_the_citys_estimate_says()
    {
        // One whistle now and then, so that nearly every crew sets out from home.
        var plan = SampleCity.Mains(0.05, days: 200) with { SetOut = null, Travel = new TravelAssumption(null, null, 0), Work = TimeLaw.None, WarmUp = TimeSpan.Zero };
        var (places, travel) = (new CityPlaces(Pack), new StraightLineTravel(Pack.Travel));
        var seen = Seen(plan);
        seen.Count.ShouldBeGreaterThan(100);
        seen.Count(IsAsEstimated).ShouldBeGreaterThan(seen.Count * 95 / 100);

        bool IsAsEstimated((Department Department, Domain.Territory.Grid Grid, double Minutes) one) => Pack.CrewsOf(one.Department.Code).Any(crew =>
            Math.Abs(travel.Estimate(crew.Vehicle, places.Of(crew), one.Grid.Area.InnerPoint(), one.Grid.District).TotalMinutes - one.Minutes) < 0.001 * one.Minutes);
    }

    [Fact]
    public void What_a_plan_says_of_travel_stands_above_the_city()
    {
        var plan = SampleCity.Mains(0.05, days: 100) with { SetOut = TimeLaw.None, Travel = new TravelAssumption(null, 0, 0.3), Work = TimeLaw.None };
        Seen(plan).ShouldAllBe(seen => seen.Minutes == 0);
        var (slow, fast) = (Mean(new TravelAssumption(2, 10, 0)), Mean(new TravelAssumption(1, 10, 0)));
        (slow / fast).ShouldBe(2, 0.01);

        double Mean(TravelAssumption travel) => Seen(plan with { Travel = travel }).Average(seen => seen.Minutes);
    }

    private static List<(Department Department, Domain.Territory.Grid Grid, double Minutes)> Seen(Plan plan)
    {
        var city = new CityModel(Pack, plan);
        var seen = new List<(Department, Domain.Territory.Grid, double)>();
        new Replication(city, plan.Seed, 0, seen: checkIn =>
            seen.Add((city.Departments[checkIn.Department], city.Grids[checkIn.Grid], TimeSpan.FromTicks(checkIn.CheckIn - checkIn.Blown).TotalMinutes))).Run(TestContext.Current.CancellationToken).ShouldNotBeNull();
        return seen;
    }

    // One district with bad roads, and a crew on bicycles.
    private static CityPack Slow(CityPack pack)
    {
        var district = pack.Territory.Districts.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).First();
        var crews = pack.Crews.ToDictionary();
        var first = CrewCode.Parse("waterworks-1");
        crews[first] = crews[first] with { Vehicle = Vehicle.Bicycle };
        return pack with
        {
            Crews = crews.ToFrozenDictionary(),
            Travel = pack.Travel with { ByDistrict = new Dictionary<Domain.Territory.DistrictCode, RoadClass> { [district] = new(2, 8) }.ToFrozenDictionary() },
        };
    }
}
