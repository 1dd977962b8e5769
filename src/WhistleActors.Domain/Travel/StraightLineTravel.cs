using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Travel;

/// <summary>The straight line, made longer by the detours of the district's roads, at the slower of the roads' speed and the vehicle's.</summary>
public sealed class StraightLineTravel(TravelPolicy policy) : ITravel
{
    /// <inheritdoc/>
    public TimeSpan Estimate(Vehicle vehicle, LonLat from, LonLat to, DistrictCode district)
    {
        var roads = policy.RoadsOf(district);
        var speed = Math.Min(roads.KilometresPerHour, policy.SpeedOf(vehicle));
        return policy.SetOut + TimeSpan.FromHours(from.MetresTo(to) / 1000 * roads.Detour / speed);
    }
}
