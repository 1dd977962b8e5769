using WhistleActors.Contract.Departments;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// The loads of the districts: sums over the loads of the departments that a district has. A department that serves the whole city is in none, or its
/// crews would be counted sixteen times. What one department changes costs one addition, however many there are. Used by one caller at a time.
/// </summary>
internal sealed class DistrictLoads(CityPack pack)
{
    private readonly Dictionary<DistrictCode, DistrictLoadView> byDistrict = [];

    internal IEnumerable<DistrictLoadView> All => byDistrict.Values;

    /// <summary>Takes in a department's load in the place of an older one.</summary>
    internal void Replace(LoadView? older, LoadView newer)
    {
        if (DistrictOf(newer) is not { } district)
            return;
        var before = byDistrict.GetValueOrDefault(district) ?? Idle(district);
        byDistrict[district] = before with
        {
            Version = before.Version + Gain(load => load.Version),
            Open = before.Open + (int)Gain(load => load.Open),
            Summoned = before.Summoned + (int)Gain(load => load.Summoned),
            Signed = before.Signed + (int)Gain(load => load.Signed),
            Departed = before.Departed + (int)Gain(load => load.Departed),
            CheckedIn = before.CheckedIn + (int)Gain(load => load.CheckedIn),
            Reported = before.Reported + (int)Gain(load => load.Reported),
            Overdue = before.Overdue + (int)Gain(load => load.Overdue),
            Returned = before.Returned + (int)Gain(load => load.Returned ?? 0),
            Queue = before.Queue + (int)Gain(load => load.Queue ?? 0),
            Committed = before.Committed + (int)Gain(load => load.Committed),
        };

        long Gain(Func<LoadView, long> number) => number(newer) - (older is null ? 0 : number(older));
    }

    /// <summary>The load of the district that a department's load counts in; null when it counts in none.</summary>
    internal DistrictLoadView? Of(LoadView load) => DistrictOf(load) is { } district ? byDistrict.GetValueOrDefault(district) : null;

    private DistrictCode? DistrictOf(LoadView load) => DepartmentCode.TryParse(load.Department, out var code) ? pack.PartyOf(code)?.District : null;

    private DistrictLoadView Idle(DistrictCode district)
    {
        var own = pack.Departments.Values.Where(department => department.District == district).ToList();
        return new DistrictLoadView(district.Text, 0, own.Count, 0, 0, 0, 0, 0, 0, 0, 0, 0, own.Sum(department => pack.CrewsOf(department.Code).Length), 0);
    }
}
