using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Crews;

/// <summary>What was ordered of all departments' crews: together they say who works where.</summary>
/// <param name="Of">A department's; null when nothing was ever ordered there.</param>
public sealed record CrewPlans(CityPack Pack, Func<DepartmentCode, DepartmentCrews?> Of)
{
    /// <summary>Nothing was ordered anywhere.</summary>
    public static CrewPlans None(CityPack pack) => new(pack, _ => null);

    /// <summary>The crews that a department can send: its own without those that it lent, and those that it borrowed.</summary>
    public ImmutableArray<Crew> CrewsAt(DepartmentCode department, DateTimeOffset now)
    {
        var own = Pack.CrewsOf(department);
        if (Of(department) is { Lent.IsEmpty: false } plan)
            own = own.RemoveAll(crew => plan.LoanOf(crew.Code, now) is not null);
        if (!Pack.Departments.TryGetValue(department, out var of))
            return own;
        return
        [
            .. own,
            .. Pack.Sisters(of).Where(sister => Of(sister.Code) is { Lent.IsEmpty: false })
                .SelectMany(sister => Pack.CrewsOf(sister.Code).Where(crew => Of(sister.Code)!.LoanOf(crew.Code, now)?.To == department)),
        ];
    }

    /// <summary>Whether a crew is at work: as was ordered, else by its hours.</summary>
    public bool OnDuty(Crew crew, DateTimeOffset now) =>
        Of(crew.Department)?.OnDuty(crew.Code, now) ?? crew.Works(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Pack.Calendar.Zone).DateTime));
}
