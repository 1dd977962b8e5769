using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Planning.Plans;

/// <summary>Where a plan may send crews. The reader of plans goes by it, and so does whoever offers a choice.</summary>
public static class CrewMoves
{
    /// <summary>True when crews may be posted there (下沉).</summary>
    public static bool MayPost(CityPack pack, SubdistrictCode to) => pack.Territory.Subdistricts.ContainsKey(to);

    /// <summary>True when a department of the pack may lend its crews to another one (借调): a plan asks what if, and is not held to one bureau as an order is.</summary>
    public static bool MayLend(DepartmentCode from, DepartmentCode to) => from != to;
}
