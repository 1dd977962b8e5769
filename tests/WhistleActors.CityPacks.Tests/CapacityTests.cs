using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;

namespace WhistleActors.CityPacks.Tests;

/// <summary>What a pack says of crews, of the way to a whistle, and of who comes first.</summary>
public sealed class CapacityTests
{
    [Fact]
    public void The_example_spells_out_the_allocation_that_a_city_without_any_would_have() =>
        Example().Allocation.ShouldBe(AllocationPolicy.Default);

    [Fact]
    public void Each_district_has_its_roads_and_each_vehicle_its_speed()
    {
        var travel = Example().Travel;
        travel.SetOut.ShouldBe(TimeSpan.FromMinutes(3));
        travel.RoadsOf(DistrictCode.Parse("990101")).ShouldBe(new RoadClass(1.4, 25));
        travel.RoadsOf(DistrictCode.Parse("990102")).ShouldBe(new RoadClass(1.3, 40));
        travel.SpeedOf(Vehicle.Bicycle).ShouldBe(12);
        travel.SpeedOf(Vehicle.Car).ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void A_crew_has_a_vehicle_a_home_skills_hours_and_members()
    {
        var crew = Example().Crews[CrewCode.Parse("waterworks-2")];
        crew.Vehicle.ShouldBe(Vehicle.Truck);
        crew.Home.ShouldBe(new LonLat(120.012, 30.004));
        crew.Skills.ShouldBe([SkillCode.Parse("pumps"), SkillCode.Parse("mains")]);
        crew.Members.ShouldBe([PersonId.Parse("wang"), PersonId.Parse("li")]);
        crew.Works(new TimeOnly(8, 0)).ShouldBeTrue();
        crew.Works(new TimeOnly(20, 0)).ShouldBeFalse();
    }

    [Fact]
    public void A_crew_whose_row_says_no_more_comes_by_car_at_any_hour()
    {
        var crew = Example().Crews[CrewCode.Parse("waterworks-1")];
        crew.Vehicle.ShouldBe(Vehicle.Car);
        crew.Home.ShouldBeNull();
        crew.Works(new TimeOnly(3, 0)).ShouldBeTrue();
    }

    [Fact]
    public void A_night_shift_ends_on_the_next_day()
    {
        using var copy = new ExampleCopy();
        copy.Replace("crews.csv", "08:00-20:00", "20:00-08:00;12:00-13:00");
        var crew = Load(copy).Crews[CrewCode.Parse("waterworks-2")];
        Enumerable.Range(0, 24).Where(hour => !crew.Works(new TimeOnly(hour, 0))).ShouldBe([8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19]);
    }

    [Fact]
    public void A_pack_of_before_that_says_nothing_of_it_has_the_defaults()
    {
        using var copy = new ExampleCopy();
        copy.Replace("pack.json", "\"travel\": {", "\"was-travel\": {").Replace("pack.json", "\"allocation\"", "\"was-allocation\"");
        Load(copy).Travel.ShouldBeSameAs(TravelPolicy.Default);
        Load(copy).Allocation.ShouldBeSameAs(AllocationPolicy.Default);
    }

    private static CityPack Example()
    {
        using var copy = new ExampleCopy();
        return Load(copy);
    }

    private static CityPack Load(ExampleCopy copy) => CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>().Pack;
}
