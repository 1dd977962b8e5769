using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>What several rules ask first.</summary>
internal static class Require
{
    internal static Summons ForDepartment(Whistle whistle, DepartmentCode department, Powers power, Order order)
    {
        if (!ActsFor(whistle, department, power, order.By))
            throw new RefusedException(Refuse.NotYourDepartment(department));
        return OfOpen(whistle, department);
    }

    /// <summary>True for who acts for a party in the role that it was summoned in: as a department, or as a subdistrict.</summary>
    internal static bool ActsFor(Whistle whistle, DepartmentCode department, Powers power, Officer by) =>
        by.Holds(power, department.Text) && by.IsOfSubdistrict == whistle.SummonsSubdistrict(department);

    internal static Summons OfOpen(Whistle whistle, DepartmentCode department)
    {
        var summons = whistle.SummonsOf(department) ?? throw new RefusedException(Refuse.DepartmentNotSummoned(department));
        Open(whistle);
        return summons;
    }

    internal static void Open(Whistle whistle)
    {
        if (whistle.Ending is { } ending)
            throw new RefusedException(Refuse.WhistleNotOpen(ending.Stage, ending.At));
    }

    internal static void Own(Whistle whistle, Powers power, Order order)
    {
        if (!IsInitiator(whistle, power, order.By))
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Initiator));
    }

    /// <summary>True for who blew the whistle. A department has one power over its whistle; the four powers (四权) are the subdistrict's.</summary>
    internal static bool IsInitiator(Whistle whistle, Powers power, Officer by) => whistle.IsOfDepartment
        ? by.Holds(Powers.Call, whistle.Initiator.Text)
        : by.Holds(power, whistle.Subdistrict.Text) || whistle.Blowing?.Joint.Any(other => other.Joined is not null && by.Holds(power, other.Subdistrict.Text)) == true;

    /// <summary>Who judges a department's work and lets it go: who blew the whistle, or joined in blowing it. Rater and rated differ.</summary>
    internal static void Judge(Whistle whistle, DepartmentCode department, Powers power, Order order)
    {
        if (!whistle.IsOfDepartment || whistle.Initiator.Text != department.Text)
            Own(whistle, power, order);
        else if (order.By.Organisation.Text == department.Text)
            throw new RefusedException(Refuse.OwnWhistle(department));
        else if (!order.By.Holds(power, whistle.Subdistrict.Text) && !order.By.Holds(Powers.Command, whistle.District.Text))
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Initiator));
    }

    /// <summary>
    /// Who ends a whistle: the subdistrict that blew it; for one of a department the grid's subdistrict, unless it is summoned itself, or the
    /// district's command centre. A department never closes its own whistle.
    /// </summary>
    internal static void Ends(Whistle whistle, Order order)
    {
        var subdistrict = whistle.Subdistrict.Text;
        if (order.By.Holds(Powers.Convene, subdistrict) && !whistle.Summonses.Any(summons => summons.Department.Text == subdistrict))
            return;
        if (!whistle.IsOfDepartment)
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Initiator));
        if (order.By.Organisation == whistle.Initiator)
            throw new RefusedException(Refuse.OwnWhistle(DepartmentCode.Parse(whistle.Initiator.Text)));
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Initiator));
    }

    /// <summary>Who judges a department's work, or the command centre of the district in their place.</summary>
    internal static void JudgeOrCommand(Whistle whistle, DepartmentCode department, Powers power, Order order)
    {
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            Judge(whistle, department, power, order);
    }

    /// <summary>Who blew the whistle, or the command centre of the district in their place.</summary>
    internal static void OwnOrCommand(Whistle whistle, Powers power, Order order)
    {
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            Own(whistle, power, order);
    }

    /// <summary>Who ends the whistle, or the command centre of the district in their place.</summary>
    internal static void EndsOrCommand(Whistle whistle, Order order)
    {
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            Ends(whistle, order);
    }

    /// <summary>A date that nobody can mean is a mistake, and counting working time up to it costs.</summary>
    internal static void NotTooFar(DateOnly day, GridContext context)
    {
        var farthest = context.Pack.Calendar.DayOf(context.Now).AddYears(GridRules.FarthestYears);
        if (day > farthest)
            throw new RefusedException(Refuse.DateTooFar(day, farthest));
    }

    internal static void Working(Summons summons)
    {
        if (summons.Role == DutyRole.Notified)
            throw new RefusedException(Refuse.NotifiedOnly(summons.Department));
        if (summons.IsSettled)
            throw new RefusedException(Refuse.SummonsSettled(summons.Department));
    }

    // One of the same bureau in another district may be lent to this department; who is, is the departments' own business.
    internal static void Crew(CrewCode? crew, DepartmentCode department, CityPack pack)
    {
        if (crew is { } code && !pack.IsOfBureau(code, department))
            throw new RefusedException(Refuse.UnknownCrew(code, department));
    }

    /// <summary>A party that the whistle may summon now: a department that serves its place, or a subdistrict that it summoned as such before.</summary>
    internal static Department Party(Whistle whistle, DepartmentCode code, CityPack pack)
    {
        if (whistle.SummonsSubdistrict(code) && pack.PartyOf(code) is { } subdistrict)
            return subdistrict;
        var department = pack.Departments.GetValueOrDefault(code) ?? throw new RefusedException(Refuse.UnknownDepartment(code));
        var serves = department.Serves(whistle.District) || (whistle.Blowing?.Joint.Any(other => department.Serves(other.District)) ?? false);
        return serves ? department : throw new RefusedException(Refuse.DepartmentOfAnotherDistrict(code, whistle.District));
    }

    internal static bool IsOrganisation(OrganisationCode code, CityPack pack) =>
        (SubdistrictCode.TryParse(code.Text, out var subdistrict) && pack.Territory.Subdistricts.ContainsKey(subdistrict))
        || (DepartmentCode.TryParse(code.Text, out var department) && pack.Departments.ContainsKey(department))
        || (DistrictCode.TryParse(code.Text, out var district) && pack.Territory.Districts.ContainsKey(district));
}
