using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Matters;

/// <summary>Whom the duty list (职责清单) proposes to summon.</summary>
public static class DutyList
{
    /// <summary>
    /// The departments bound to come for a matter in a district on a day, lead first. Empty when the matter has no lead there that day:
    /// half a proposal would look like a whole one.
    /// </summary>
    public static ImmutableArray<ProposedSummons> Propose(CityPack pack, MatterCode matter, DistrictCode district, DateOnly day)
    {
        if (!pack.Duties.TryGetValue(matter, out var duties))
            return [];
        var proposed = new List<ProposedSummons>();
        foreach (var duty in duties.Where(duty => duty.HoldsOn(day)).OrderBy(duty => duty.Role))
        {
            if (pack.DepartmentFor(duty.Bureau, district) is { } department && proposed.TrueForAll(other => other.Department != department.Code))
                proposed.Add(new ProposedSummons(department.Code, duty.Role, duty.Basis));
        }

        return proposed.Count > 0 && proposed[0].Role == DutyRole.Lead ? [.. proposed] : [];
    }
}

/// <summary>A department that the duty list proposes, as what, and by what law.</summary>
public sealed record ProposedSummons(DepartmentCode Department, DutyRole Role, string Basis);
