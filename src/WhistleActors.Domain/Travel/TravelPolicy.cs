using System.Collections.Frozen;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Travel;

/// <summary>How fast one moves in the city. Every number is the city's.</summary>
/// <param name="SetOut">From the order to the wheels turning.</param>
/// <param name="Usual">The roads of districts that are not named.</param>
/// <param name="ByDistrict">The class of roads of the districts that differ.</param>
/// <param name="Speeds">What a vehicle does at most, km/h; one that is not named is as fast as the roads.</param>
public sealed record TravelPolicy(
    TimeSpan SetOut, RoadClass Usual, FrozenDictionary<DistrictCode, RoadClass> ByDistrict, FrozenDictionary<Vehicle, double> Speeds)
{
    /// <summary>For a city that says nothing else: 25 km/h over 1.4 times the straight line, three minutes to set out.</summary>
    public static TravelPolicy Default { get; } = new(
        TimeSpan.FromMinutes(3),
        new RoadClass(1.4, 25),
        FrozenDictionary<DistrictCode, RoadClass>.Empty,
        new Dictionary<Vehicle, double> { [Vehicle.Bicycle] = 12, [Vehicle.Foot] = 4.5 }.ToFrozenDictionary());

    /// <summary>The roads of a district.</summary>
    public RoadClass RoadsOf(DistrictCode district) => ByDistrict.GetValueOrDefault(district, Usual);

    /// <summary>What a vehicle does at most, km/h.</summary>
    public double SpeedOf(Vehicle vehicle) => Speeds.GetValueOrDefault(vehicle, double.PositiveInfinity);
}

/// <summary>A class of roads (道路等级).</summary>
/// <param name="Detour">How much longer the way is than the straight line; at least 1.</param>
/// <param name="KilometresPerHour">The usual speed on it.</param>
public readonly record struct RoadClass(double Detour, double KilometresPerHour);
