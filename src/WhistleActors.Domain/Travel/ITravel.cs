using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Travel;

/// <summary>
/// How long a crew needs to a place. The estimate of the city pack is <see cref="StraightLineTravel"/>; an installation with a routing engine gives its own, which
/// answers from what it has fetched before: nobody waits for a network while crews are being allocated. Thread-safe.
/// </summary>
public interface ITravel
{
    /// <summary>The time from setting out until being on the spot; never negative.</summary>
    /// <param name="district">Where the place is: its roads decide.</param>
    TimeSpan Estimate(Vehicle vehicle, LonLat from, LonLat to, DistrictCode district);
}
