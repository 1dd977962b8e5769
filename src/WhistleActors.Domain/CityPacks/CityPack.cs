using System.Collections.Frozen;
using System.Collections.Immutable;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Assessments;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Patterns;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.CityPacks;

/// <summary>
/// Everything that differs by city (城市配置包), checked as a whole before it is used: whoever holds one may rely on every code in it
/// resolving, every matter having exactly one lead on each day from the pack's first day on, and every district having a department for each bureau that has duties.
/// </summary>
public sealed record CityPack(
    string Id,
    string Version,
    LocalizedText Name,
    LocalizedText Provenance,
    CityTerritory Territory,
    FrozenDictionary<DepartmentCode, Department> Departments,
    FrozenDictionary<MatterCode, Matter> Matters,
    FrozenDictionary<MatterCode, ImmutableArray<Duty>> Duties,
    FrozenDictionary<CrewCode, Crew> Crews,
    DeadlineTable Deadlines,
    WorkingCalendar Calendar,
    CheckInLimits CheckIn,
    FrozenDictionary<WhistleOccasion, LocalizedText> OccasionNames,
    FrozenDictionary<WhistleLevel, LocalizedText> LevelNames,
    FrozenDictionary<WhistleChain, LocalizedText> ChainNames,
    ImmutableArray<ScoreScheme> ScoreSchemes,
    BlowingPolicy? BlowingPolicy = null)
{
    /// <summary>Within what a department may say "not ours".</summary>
    public DisputeLimits Disputes { get; init; } = DisputeLimits.Default;

    private readonly FrozenDictionary<(BureauCode, DistrictCode?), Department> byBureau = ByBureau(Departments);
    private readonly FrozenDictionary<DepartmentCode, ImmutableArray<Crew>> byDepartment = ByDepartment(Crews);

    /// <summary>All departments.</summary>
    public FrozenDictionary<DepartmentCode, Department> Departments
    {
        get;
        init => (field, byBureau) = (value, ByBureau(value));
    } = Departments;

    /// <summary>All crews.</summary>
    public FrozenDictionary<CrewCode, Crew> Crews
    {
        get;
        init => (field, byDepartment) = (value, ByDepartment(value));
    } = Crews;

    /// <summary>How often a whistle may be blown, and how long reopened.</summary>
    public RoundLimits Rounds { get; init; } = RoundLimits.Default;

    /// <summary>How often a subdistrict may be expected to whistle; null when the city does not say.</summary>
    public WhistleRateBand? WhistleRate { get; init; }

    /// <summary>When notice is given that a clock comes near its end.</summary>
    public NoticeRule Notices { get; init; } = NoticeRule.Default;

    /// <summary>When a ledger entry reminds of its dates.</summary>
    public LedgerReminders LedgerReminders { get; init; } = LedgerReminders.Default;

    /// <summary>When whom of a department is told that a summons waits.</summary>
    public AlertPlan Alerts { get; init; } = AlertPlan.Default;

    /// <summary>How fast one moves in it.</summary>
    public TravelPolicy Travel { get; init; } = TravelPolicy.Default;

    /// <summary>By what crews are allocated.</summary>
    public AllocationPolicy Allocation { get; init; } = AllocationPolicy.Default;

    /// <summary>What the city allows before a whistle sounds.</summary>
    public BlowingPolicy Blowing => BlowingPolicy ?? BlowingPolicy.Default;

    /// <summary>Whoever can be summoned under a code: a department, or a subdistrict where a department calls it. Null when it is neither.</summary>
    public Department? PartyOf(DepartmentCode code)
    {
        if (Departments.TryGetValue(code, out var department))
            return department;
        return SubdistrictCode.TryParse(code.Text, out var known) && Territory.Subdistricts.TryGetValue(known, out var subdistrict)
            ? new Department(code, BureauCode.Parse(code.Text), subdistrict.Name, subdistrict.Name, DepartmentKind.Subdistrict, subdistrict.District)
            : null;
    }

    /// <summary>The command centre that stands in where the duty list names no lead: the district's own, else the city's; null when there is none.</summary>
    public Department? CommandCentreOf(DistrictCode district) => Departments.Values
        .Where(department => department.Kind == DepartmentKind.CommandCentre && (department.District is null || department.District == district))
        .OrderBy(department => department.District is null)
        .ThenBy(department => department.Code.Text, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>The crews that a department has.</summary>
    public ImmutableArray<Crew> CrewsOf(DepartmentCode department) => byDepartment.GetValueOrDefault(department, []);

    /// <summary>The same bureau in the other districts: crews can be lent among them.</summary>
    public IEnumerable<Department> Sisters(Department of) => of.District is null
        ? []
        : Territory.Districts.Keys.Where(district => district != of.District)
            .Select(district => byBureau.GetValueOrDefault((of.Bureau, district))).OfType<Department>();

    /// <summary>True for a crew of the department itself, or of the same bureau elsewhere.</summary>
    public bool IsOfBureau(CrewCode crew, DepartmentCode department) =>
        Crews.TryGetValue(crew, out var known)
        && (known.Department == department
            || (Departments.TryGetValue(department, out var of) && Departments.TryGetValue(known.Department, out var home)
                && of.Bureau == home.Bureau && of.District is not null && home.District is not null));

    /// <summary>The department of a bureau that serves a district: the district's own, else the city's; null when there is none.</summary>
    public Department? DepartmentFor(BureauCode bureau, DistrictCode district) =>
        byBureau.GetValueOrDefault((bureau, district)) ?? byBureau.GetValueOrDefault((bureau, null));

    private static FrozenDictionary<(BureauCode, DistrictCode?), Department> ByBureau(FrozenDictionary<DepartmentCode, Department> departments) =>
        departments.Values.ToFrozenDictionary(department => (department.Bureau, department.District));

    private static FrozenDictionary<DepartmentCode, ImmutableArray<Crew>> ByDepartment(FrozenDictionary<CrewCode, Crew> crews) => crews.Values
        .GroupBy(crew => crew.Department)
        .ToFrozenDictionary(own => own.Key, own => own.OrderBy(crew => crew.Code.Text, StringComparer.Ordinal).ToImmutableArray());
}
