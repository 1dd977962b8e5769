using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Planning.Files;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;
using Xunit;

namespace WhistleActors.Planning.Tests.Plans;

/// <summary>A plan, and what is to be different in it.</summary>
public sealed class PlanChangesTests
{
    private const string Base = """
        name: { zh: 试验, en: A test }
        city: example
        start: 2026-03-02
        days: 7
        arrivals:
          - per-day: 24
            matters: [burst-main]
        crews:
          - { department: waterworks, add: 1, absence: 0.1, shifts: [{ from: "08:00", to: "20:00" }] }
          - { bureau: roads, shifts: [{ from: "06:00", to: "14:00", crews: 2 }, { from: "14:00", to: "22:00", crews: 3 }] }
        postings:
          - { crew: waterworks-1, to: 990101001 }
        """;

    private static readonly DepartmentCode Waterworks = DepartmentCode.Parse("waterworks");
    private static readonly DepartmentCode Roads = DepartmentCode.Parse("990101-roads");

    [Fact]
    public void What_a_change_says_holds_and_what_it_does_not_say_stays()
    {
        var plan = Read("""{ "replications": 5, "crews": [{ "department": "waterworks", "add": 2 }], "limits": [{ "level": "daily", "check-in": "30 min" }] }""", out var faults);
        faults.ShouldBeEmpty();
        (plan!.Replications, plan.Days, plan.Limits.Single().Minutes, plan.Moves.Length).ShouldBe((5, 7, 30, 1));
        var rule = plan.RuleFor(Waterworks).ShouldNotBeNull();
        (rule.Count, rule.Add, rule.Absence, rule.Shifts.Single().From).ShouldBe((null, 3, 0.1, 8 * 60));
    }

    [Theory]
    [InlineData("""{ "crews": [{ "department": "990101-roads", "add": 1 }] }""", 6)]
    [InlineData("""{ "crews": [{ "department": "990101-roads", "count": 4 }] }""", 4)]
    [InlineData("""{ "crews": [{ "department": "990101-roads", "count": 0 }] }""", 0)]
    [InlineData("""{ "crews": [{ "department": "990101-roads", "add": -9 }] }""", 0)]
    [InlineData("""{ "crews": [{ "bureau": "roads", "absence": 0.2 }] }""", 5)]
    [InlineData("""{ "crews": [{ "department": "990101-roads", "count": 4 }, { "department": "990101-roads", "add": 3 }] }""", 7)]
    public void Crews_of_shifts_that_say_how_many_are_dealt_out_anew_only_when_their_number_changes(string changes, int crews)
    {
        var plan = Read(changes, out var faults);
        faults.ShouldBeEmpty();
        PlanOutline.Of(SampleCity.Pack, plan!).Departments.Single(department => department.Code == Roads).Crews.ShouldBe(crews);
        plan!.RuleFor(Roads)!.Shifts.Length.ShouldBe(2);
    }

    [Fact]
    public void What_is_wrong_is_named_with_where_it_stands()
    {
        Read("""
            { "crews": [{ "department": "waterworks" },
                        { "department": "waterwork", "add": 1 }],
              "arrivals": [], "postings": [{ "crew": "waterworks-1", "to": "990102001" }], "days": 9000 }
            """, out var faults);
        faults.Select(fault => (fault.File, fault.Line, fault.Pointer, fault.Code)).ShouldBe(
            [
                ("changes", 2, "/crews/1/department", PlanFaultCode.UnknownDepartment),
                ("changes", 3, "/arrivals", FileFaultCode.UnknownKey),
                ("changes", 3, "/days", FileFaultCode.BadNumber),
                ("changes", 3, "/postings/0/crew", PlanFaultCode.CrewInTwoPlaces),
            ],
            ignoreOrder: true);
        faults.Single(fault => fault.Code == PlanFaultCode.CrewInTwoPlaces).Text.En.ShouldContain("in line 12 of base already");
    }

    [Fact]
    public void Bounds_that_are_narrower_than_those_of_files_hold()
    {
        var narrow = new PlanBounds(Days: 7, Replications: 10, WhistlesOnce: 100, Whistles: 1000, Crews: 10);
        Read("""{ "replications": 11, "crews": [{ "department": "waterworks", "count": 50 }] }""", out var faults, narrow);
        faults.Select(fault => (fault.Pointer, fault.Code)).ShouldBe(
            [("/arrivals", PlanFaultCode.TooManyWhistles), ("/crews", PlanFaultCode.TooManyCrews), ("/replications", FileFaultCode.BadNumber)], ignoreOrder: true);
    }

    [Fact]
    public void An_outline_expects_the_summonses_that_a_run_then_has()
    {
        var plan = Read("{}", out _)!;
        var outline = PlanOutline.Of(SampleCity.Pack, plan);
        outline.Whistles.ShouldBe(7 * 24, 1e-9);
        var run = SampleCity.Run(plan with { Replications = 100 });
        foreach (var department in run.Departments)
            outline.Departments.Single(one => one.Code.Text == department.Code).Summonses.ShouldBe(department.Summonses, department.Summonses * 0.1);
        outline.Departments.Count.ShouldBe(run.Departments.Count);
        var called = run.Subdistricts.Sum(place => place.Summonses);
        foreach (var place in run.Subdistricts)
            outline.Places.Single(one => one.Code.Text == place.Code).Whistles.ShouldBe(outline.Whistles * place.Summonses / called, outline.Whistles * 0.05);
    }

    private static Plan? Read(string changes, out IReadOnlyList<FileFault> faults, PlanBounds? bounds = null)
    {
        var found = new FaultList();
        var (root, other) = (YamlCursor.Read("base", Base, found)!, YamlCursor.Read("changes", changes, found)!);
        var plan = PlanReader.Read(SampleCity.Pack, root, other, found, _ => null, bounds ?? PlanBounds.Files);
        faults = found.InOrder();
        return plan;
    }
}
