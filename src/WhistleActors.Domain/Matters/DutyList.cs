using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Matters;

/// <summary>Whom the duty list (职责清单) proposes to summon.</summary>
public static class DutyList
{
    /// <summary>
    /// The departments bound to come for a matter in a district on a day, lead first. Empty when the matter has no lead there that day:
    /// half a proposal would look like a whole one. Who was let go by a ruling is replaced as was ruled.
    /// </summary>
    public static ImmutableArray<ProposedSummons> Propose(CityPack pack, MatterCode matter, DistrictCode district, DateOnly day, Precedents? precedents = null)
    {
        if (!pack.Duties.TryGetValue(matter, out var duties))
            return [];
        var proposed = new List<ProposedSummons>();
        foreach (var duty in duties.Where(duty => duty.HoldsOn(day)).OrderBy(duty => duty.Role))
        {
            if (pack.DepartmentFor(duty.Bureau, district) is not { Code: var listed })
                continue;
            var ruling = precedents?.Deciding(pack, matter, district, day, listed, duty.Role);
            var department = ruling?.Instead ?? listed;
            if (proposed.TrueForAll(other => other.Department != department))
                proposed.Add(new ProposedSummons(department, duty.Role, ruling?.Citation ?? duty.Basis, ruling));
        }

        return proposed.Count > 0 && proposed[0].Role == DutyRole.Lead ? [.. proposed] : [];
    }
}

/// <summary>A department that the duty list proposes, as what, and by what law.</summary>
/// <param name="Ruling">The ruling that put it in the place of the one listed; null when it is the one listed.</param>
public sealed record ProposedSummons(DepartmentCode Department, DutyRole Role, string Basis, Precedent? Ruling = null);
