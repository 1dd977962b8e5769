using System.Collections.Frozen;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads how fast one moves in the city and by what crews are allocated; a city that does not say takes the defaults.</summary>
internal static class CapacityReader
{
    /// <summary>The roads; <paramref name="lines"/> are those on which a district is named, to be checked when the districts are known.</summary>
    internal static TravelPolicy ReadTravel(JsonCursor pack, out IReadOnlyDictionary<DistrictCode, int> lines)
    {
        var named = new Dictionary<DistrictCode, int>();
        lines = named;
        if (pack.OptionalObject("travel") is not { } travel)
            return TravelPolicy.Default;
        var (usual, roads, speeds) = (TravelPolicy.Default.Usual, new Dictionary<DistrictCode, RoadClass>(), new Dictionary<Vehicle, double>());
        if (travel.Object("roads") is { } everywhere)
            usual = Roads(everywhere);
        if (travel.OptionalObject("districts") is { } districts)
        {
            foreach (var name in districts.Names())
            {
                if (!DistrictCode.TryParse(name, out var district))
                    districts.Fault(districts.LineOf(name), CityPackFaultCode.BadCode, $"“{name}”不是有效代码。", $"'{name}' is not a code.");
                else if (districts.Object(name) is { } there)
                    (roads[district], named[district]) = (Roads(there), districts.LineOf(name));
            }
        }

        if (travel.OptionalObject("speeds") is { } byVehicle)
        {
            foreach (var name in byVehicle.Names())
            {
                if (!WireName<Vehicle>.TryParse(name, out var vehicle))
                    byVehicle.Fault(byVehicle.LineOf(name), CityPackFaultCode.UnknownWord,
                        $"交通工具应为以下之一：{WireName<Vehicle>.All}。",
                        $"A vehicle must be one of {WireName<Vehicle>.All}.");
                else
                    speeds[vehicle] = Speed(byVehicle, name);
            }
        }

        return new TravelPolicy(TimeSpan.FromMinutes(travel.Number("setOutMinutes", 0, 240) ?? 0), usual, roads.ToFrozenDictionary(), speeds.ToFrozenDictionary());
    }

    internal static AllocationPolicy ReadAllocation(JsonCursor pack)
    {
        if (pack.OptionalObject("allocation") is not { } allocation)
            return AllocationPolicy.Default;
        var work = allocation.Object("workMinutes");
        return new AllocationPolicy(
            Minutes("campaign"),
            Minutes("horizonMinutes", min: 1),

            // Without ageing somebody could wait for ever.
            allocation.Number("ageing", 0.01, 10) ?? 1,
            allocation.Number("travel", 0, 10) ?? 0,
            Minutes("waiting"),
            Minutes("lastMissing"),
            Minutes("fairness"),
            Minutes("awayFromPost"),
            allocation.WholeNumber("tripMetres", 0, 5_000) ?? 0,
            Minutes("tripMinutes"),
            new WorkMinutes(Work("daily"), Work("campaign"), Work("emergency")));

        int Minutes(string name, int min = 0) => allocation.WholeNumber(name, min, 1_440) ?? min;

        int Work(string level) => work?.WholeNumber(level, 1, 1_440) ?? 1;
    }

    private static RoadClass Roads(JsonCursor roads) => new(roads.Number("detour", 1, 5) ?? 1, Speed(roads, "kilometresPerHour"));

    private static double Speed(JsonCursor owner, string name) => owner.Number(name, 1, 200) ?? 1;
}
