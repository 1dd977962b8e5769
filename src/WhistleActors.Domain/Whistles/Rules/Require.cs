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
        if (!order.By.Holds(power, department.Text))
            throw new RefusedException(Refuse.NotYourDepartment(department));
        return OfOpen(whistle, department);
    }

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
        if (!order.By.Holds(power, whistle.Subdistrict.Text))
            throw new RefusedException(Refuse.NotYourWhistle(whistle.Subdistrict));
    }

    /// <summary>The subdistrict that blew the whistle, or the command centre of its district in its place.</summary>
    internal static void OwnOrCommand(Whistle whistle, Powers power, Order order)
    {
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            Own(whistle, power, order);
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

    internal static void Crew(CrewCode? crew, DepartmentCode department, CityPack pack)
    {
        if (crew is { } code && pack.Crews.GetValueOrDefault(code)?.Department != department)
            throw new RefusedException(Refuse.UnknownCrew(code, department));
    }

    internal static Department Department(DepartmentCode code, DistrictCode district, CityPack pack)
    {
        var department = pack.Departments.GetValueOrDefault(code) ?? throw new RefusedException(Refuse.UnknownDepartment(code));
        return department.Serves(district) ? department : throw new RefusedException(Refuse.DepartmentOfAnotherDistrict(code, district));
    }

    internal static bool IsOrganisation(OrganisationCode code, CityPack pack) =>
        (SubdistrictCode.TryParse(code.Text, out var subdistrict) && pack.Territory.Subdistricts.ContainsKey(subdistrict))
        || (DepartmentCode.TryParse(code.Text, out var department) && pack.Departments.ContainsKey(department))
        || (DistrictCode.TryParse(code.Text, out var district) && pack.Territory.Districts.ContainsKey(district));
}
