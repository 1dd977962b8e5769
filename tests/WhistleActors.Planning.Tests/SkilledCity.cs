using System.Collections.Frozen;
using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Results;
using WhistleActors.Planning.Runs;
using Xunit;

namespace WhistleActors.Planning.Tests;

/// <summary>The example city, where the waterworks comes to burst mains with pumps, and to potholes with anybody.</summary>
internal static class SkilledCity
{
    private static readonly MatterCode Mains = MatterCode.Parse("burst-main");
    private static readonly MatterCode Pothole = MatterCode.Parse("pothole");

    public static DepartmentCode Waterworks { get; } = DepartmentCode.Parse("waterworks");

    public static SkillCode Pumps { get; } = SkillCode.Parse("pumps");

    public static CityPack Pack { get; } = SampleCity.Pack with
    {
        Duties = SampleCity.Pack.Duties.ToFrozenDictionary(
            duties => duties.Key,
            duties => duties.Key == Mains ? [.. duties.Value.Select(duty => duty.Bureau == Water.Bureau ? duty with { Skill = Pumps } : duty)]
                : duties.Key == Pothole ? [Water with { Matter = Pothole, Role = DutyRole.Lead }]
                : duties.Value),
    };

    /// <summary>Six crews, three of them with pumps; three in ten whistles are emergencies.</summary>
    public static Plan Plan(double perHour) => SampleCity.Mains(perHour) with
    {
        Arrivals =
        [
            SampleCity.Steady("burst-main", perHour / 2, [0.5, 0.2, 0.3]),
            SampleCity.Steady("pothole", perHour / 2, [0.5, 0.2, 0.3]),
        ],
        Crews = [new CrewRule([Waterworks], 6, 0, [], 0, null)],
    };

    /// <summary>One pothole at an instant of the first day.</summary>
    public static Arrivals.Storm Once(string at, GridCode grid, ImmutableArray<double> levels) => new(1, [(Pothole, 1)], [(grid, 1)], levels, TimeSpan.Parse(at, null), TimeSpan.FromTicks(1), 1);

    public static PlanResult Run(Plan plan, int threads = 1) => Planner.Run(Pack, plan, threads, null, TestContext.Current.CancellationToken);

    /// <summary>The check-ins and choices of the first replication, in their order.</summary>
    public static (List<SeenCheckIn> CheckIns, List<SeenChoice> Choices) Seen(Plan plan)
    {
        var (seen, chosen) = (new List<SeenCheckIn>(), new List<SeenChoice>());
        new Replication(new CityModel(Pack, plan), plan.Seed, 0, seen: seen.Add, chosen: chosen.Add).Run(TestContext.Current.CancellationToken)!.Broken.ShouldBeEmpty();
        return (seen, chosen);
    }

    private static Duty Water => SampleCity.Pack.Duties[Mains].Single(duty => duty.Bureau.Text == "water-supply");
}
