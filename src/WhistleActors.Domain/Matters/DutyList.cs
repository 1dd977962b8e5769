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
    /// The departments bound to come for a matter in a district on a day, lead first. Who was let go by a ruling is replaced as was ruled. A
    /// matter that nobody leads there that day goes to the command centre as the backstop (兜底), never to nowhere. Empty only where there is no
    /// command centre either: half a proposal would look like a whole one.
    /// </summary>
    public static ImmutableArray<ProposedSummons> Propose(CityPack pack, MatterCode matter, DistrictCode district, DateOnly day, Precedents? precedents = null)
    {
        var duties = pack.Duties.GetValueOrDefault(matter, []);
        var proposed = new List<ProposedSummons>();
        foreach (var duty in duties.Where(duty => duty.HoldsOn(day)).OrderBy(duty => duty.Role))
        {
            if (pack.DepartmentFor(duty.Bureau, district) is not { Code: var listed })
                continue;
            var ruling = precedents?.Deciding(pack, matter, district, day, listed, duty.Role);
            var department = ruling?.Instead ?? listed;
            if (proposed.TrueForAll(other => other.Department != department))
                proposed.Add(new ProposedSummons(department, duty.Role, ruling?.Citation ?? duty.Basis, Ruling: ruling));
        }

        if (proposed.Count > 0 && proposed[0].Role == DutyRole.Lead)
            return [.. proposed];
        if (pack.CommandCentreOf(district) is not { } centre)
            return [];
        return [new ProposedSummons(centre.Code, DutyRole.Lead, Basis: null, Backstop: true), .. proposed.Where(other => other.Department != centre.Code)];
    }

    /// <summary>Whom the duty list names for a department that is bound to come and cannot (替补); null when it names nobody, or does not list the department.</summary>
    public static DepartmentCode? SubstituteOf(CityPack pack, MatterCode matter, DistrictCode district, DateOnly day, DepartmentCode department) =>
        DutyOf(pack, matter, district, day, department)?.Substitute is { } substitute ? pack.DepartmentFor(substitute, district)?.Code : null;

    /// <summary>What the duty list asks of a department's crew; null when any will do, or it does not list the department.</summary>
    public static SkillCode? SkillOf(CityPack pack, MatterCode matter, DistrictCode district, DateOnly day, DepartmentCode department) =>
        DutyOf(pack, matter, district, day, department)?.Skill;

    private static Duty? DutyOf(CityPack pack, MatterCode matter, DistrictCode district, DateOnly day, DepartmentCode department)
    {
        foreach (var duty in pack.Duties.GetValueOrDefault(matter, []))
        {
            if (duty.HoldsOn(day) && pack.DepartmentFor(duty.Bureau, district)?.Code == department)
                return duty;
        }

        return null;
    }

    /// <summary>The same for a department that whistles itself (一门主责、其他配合): it leads, and whoever else would lead cooperates.</summary>
    public static ImmutableArray<ProposedSummons> ProposeFor(DepartmentCode initiator, ImmutableArray<ProposedSummons> proposed)
    {
        var own = proposed.FirstOrDefault(summons => summons.Department == initiator);
        return
        [
            new ProposedSummons(initiator, DutyRole.Lead, own is { Role: DutyRole.Lead } ? own.Basis : null),
            .. proposed
                .Where(summons => summons.Department != initiator && !summons.Backstop)
                .Select(summons => summons.Role == DutyRole.Lead ? summons with { Role = DutyRole.Cooperating } : summons),
        ];
    }
}

/// <summary>A department that the duty list proposes, as what, and by what law.</summary>
/// <param name="Basis">Null for the backstop, and for a department that leads because it whistles.</param>
/// <param name="Backstop">True for the command centre that stands in for a lead.</param>
/// <param name="Ruling">The ruling that put it in the place of the one listed; null when it is the one listed.</param>
public sealed record ProposedSummons(DepartmentCode Department, DutyRole Role, string? Basis, bool Backstop = false, Precedent? Ruling = null);
