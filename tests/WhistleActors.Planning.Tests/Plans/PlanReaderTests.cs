using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Planning.Files;
using WhistleActors.Planning.Plans;
using WhistleActors.Testing;
using Xunit;

namespace WhistleActors.Planning.Tests.Plans;

public sealed class PlanReaderTests
{
    private const string Sound = """
        name: { zh: 试验, en: A test }
        city: example
        start: 2026-03-02
        days: 7
        warm-up: 1 d
        arrivals:
          - per-day: 24
            matters: [burst-main]
            hours: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
        crews:
          - department: waterworks
            count: 3
        postings:
          - { crew: waterworks-1, to: 990101001 }
        limits:
          - { bureau: roads, check-in: 90 min }
        """;

    [Fact]
    public void A_sound_plan_is_read_with_what_it_leaves_out_as_usual()
    {
        var plan = Loaded(Sound);
        (plan.Days, plan.Replications, plan.Seed, plan.Target).ShouldBe((7, 20, 1, 0.95));
        plan.ExpectedWhistles.ShouldBe(7 * 24, 1e-9);
        var steady = plan.Arrivals.ShouldHaveSingleItem().ShouldBeOfType<Arrivals.Steady>();
        (steady.PerHour[8], steady.PerHour[18]).ShouldBe((2.4, 0));
        plan.Limits.Single().Departments.Select(code => code.Text).ShouldBe(["990101-roads", "990102-roads"]);
    }

    [Theory]
    [InlineData("per-day: 24", "per-day: -3", 7, FileFaultCode.BadNumber, "'per-day' must be a number between 0 and 10,000,000; it is -3.")]
    [InlineData("per-day: 24", "per-day: 1e9", 7, FileFaultCode.BadNumber, "'per-day' must be a number between 0 and 10,000,000; it is 1e9.")]
    [InlineData("per-day: 24", "per-day: 9000000", 7, PlanFaultCode.TooManyWhistles, "One replication would blow about 63,000,000 whistles; 5,000,000 are the most.")]
    [InlineData("burst-main", "burst-mane", 8, PlanFaultCode.UnknownMatter, "The matter burst-mane does not exist.")]
    [InlineData("hours: [0,", "hours: [-1,", 9, FileFaultCode.BadNumber, "A number in 'hours' must lie between 0 and 1,000,000; it is -1.")]
    [InlineData("hours: [0, 0,", "hours: [0,", 9, FileFaultCode.BadNumber, "'hours' must hold 24 numbers; it holds 23.")]
    [InlineData("department: waterworks", "department: waterwork", 11, PlanFaultCode.UnknownDepartment, "The department waterwork does not exist.")]
    [InlineData("count: 3", "count: -1", 12, FileFaultCode.BadNumber, "'count' must be a whole number between 0 and 10,000; it is -1.")]
    [InlineData("count: 3", "count: 99999", 12, FileFaultCode.BadNumber, "'count' must be a whole number between 0 and 10,000; it is 99999.")]
    [InlineData("warm-up: 1 d", "warm-up: 7 d", 5, FileFaultCode.EndBeforeStart, "The warm-up is as long as the plan: nothing would be counted.")]
    [InlineData("days: 7", "days: 0", 4, FileFaultCode.BadNumber, "'days' must be a whole number between 1 and 366; it is 0.")]
    [InlineData("city: example", "city: beijing", 2, PlanFaultCode.OtherCity, "The plan is for the city beijing, not for example.")]
    [InlineData("start: 2026-03-02", "start: 2026-02-30", 3, FileFaultCode.BadTime, "'start' is not a day (yyyy-mm-dd): 2026-02-30.")]
    [InlineData("crew: waterworks-1", "crew: waterworks-9", 14, PlanFaultCode.UnknownCrew, "The crew waterworks-9 does not exist.")]
    [InlineData("to: 990101001", "to: 990101999", 14, PlanFaultCode.UnknownPlace, "The subdistrict 990101999 does not exist.")]
    [InlineData("bureau: roads", "bureau: rail", 16, PlanFaultCode.UnknownDepartment, "There is no such department: rail .")]
    [InlineData("check-in: 90 min", "check-in: 0 min", 16, FileFaultCode.BadTime, "'check-in' must be a length of time (such as 90 s, 10 min, 1.5 h, 7 d) between 1 min and 365 d; it is 0 min.")]
    public void What_is_wrong_is_named_with_its_line(string sound, string wrong, int line, string code, string message)
    {
        var fault = Refused(Sound.Replace(sound, wrong, StringComparison.Ordinal)).ShouldHaveSingleItem();
        (fault.Line, fault.Code, fault.Text.En).ShouldBe((line, code, message));
        fault.Text.Zh.ShouldNotBe(fault.Text.En);
    }

    [Fact]
    public void All_replications_together_are_bounded_too() =>
        Refused(Sound.Replace("per-day: 24", "per-day: 2000", StringComparison.Ordinal).Replace("days: 7", "days: 7\nreplications: 10000", StringComparison.Ordinal))
            .ShouldHaveSingleItem().Text.En.ShouldBe("All replications would blow about 140,000,000 whistles; 100,000,000 are the most.");

    [Fact]
    public void A_crew_is_not_in_two_places()
    {
        var fault = Refused(Sound.Replace("limits:", "loans:\n  - { crew: waterworks-1, to: command }\nlimits:", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (fault.Line, fault.Code).ShouldBe((16, PlanFaultCode.CrewInTwoPlaces));
        fault.Text.En.ShouldContain("line 14");
    }

    [Theory]
    [InlineData("""- { storm: { day: 8, at: "10:00", within: 1 h, whistles: 5 } }""", FileFaultCode.EndBeforeStart)]
    [InlineData("""- { storm: { day: 7, at: "23:30", within: 1 h, whistles: 5 } }""", FileFaultCode.EndBeforeStart)]
    [InlineData("""- { storm: { day: 1, at: "10:00", within: 1 h } }""", PlanFaultCode.Contradiction)]
    [InlineData("""- { storm: { day: 1, at: "10:00", within: 1 h, whistles: 1000000000 } }""", FileFaultCode.BadNumber)]
    [InlineData("- { per-day: 1, grids: [nowhere] }", PlanFaultCode.UnknownPlace)]
    [InlineData("- { per-day: 1, levels: { daily: 0.5, emergency: 0.4 } }", FileFaultCode.BadNumber)]
    [InlineData("- { per-day: 1, history: past.csv }", PlanFaultCode.Contradiction)]
    [InlineData("- { history: absent.csv }", PlanFaultCode.BadHistory)]
    [InlineData("- { matters: [pothole] }", PlanFaultCode.Contradiction)]
    public void Arrivals_that_cannot_be_are_refused(string entry, string code)
    {
        var fault = Refused(Sound.Replace("crews:", $"  {entry}\ncrews:", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (fault.Line, fault.Code).ShouldBe((10, code));
    }

    [Fact]
    public void Shifts_say_either_all_how_many_or_none()
    {
        var fault = Refused(Sound.Replace("count: 3", """shifts: [{ from: "08:00", to: "16:00", crews: 2 }, { from: "16:00", to: "24:00" }]""", StringComparison.Ordinal)).ShouldHaveSingleItem();
        (fault.Line, fault.Code).ShouldBe((12, PlanFaultCode.Contradiction));
        Loaded(Sound.Replace("count: 3", """shifts: [{ from: "22:00", to: "06:00", crews: 2 }]""", StringComparison.Ordinal)).Crews.Single().Shifts.Single()
            .ShouldBe(new Shift(22 * 60, 30 * 60, 2));
    }

    [Fact]
    public void The_plans_that_are_shipped_are_sound()
    {
        var (pack, folder) = (SampleCity.Read("beijing"), Path.Combine(Repository.Root, "scenarios", "plans"));
        foreach (var file in Directory.GetFiles(folder, "*.yaml"))
            PlanReader.Read(pack, file, File.ReadAllText(file), _ => null).ShouldBeOfType<PlanReading.Loaded>(file);
    }

    [Fact]
    public void Past_whistles_give_the_rate_of_each_hour_of_the_week()
    {
        // Two Mondays and what lies between them: three whistles at nine on Mondays, one on the Tuesday.
        const string past = """
            time,matter,grid,subdistrict
            2026-03-02T09:10:00,burst-main,,990101001
            2026-03-09T09:20:00,burst-main,,990101001
            2026-03-09T09:50:00+08:00,burst-main,,990101001
            2026-03-03T14:00:00,pothole,,990102001
            """;
        var plan = Loaded(Sound.Replace("crews:", "  - { history: past.csv, scale: 2 }\ncrews:", StringComparison.Ordinal), _ => past);
        var fitted = plan.Arrivals.Skip(1).Cast<Arrivals.Steady>().ToList();
        fitted.Select(arrivals => arrivals.Matters.Single().Matter.Text).ShouldBe(["burst-main", "pothole"]);
        var perHour = Enumerable.Range(0, 168).Select(hour => fitted.Sum(arrivals => arrivals.PerHour[hour])).ToList();
        (perHour[9], perHour[24 + 14], perHour[48 + 14], perHour.Sum()).ShouldBe((2 * 1.5, 2 * 1, 0, 2 * 2.5));
        fitted[0].Grids.Sum(grid => grid.Weight).ShouldBe(3, 1e-9);
    }

    [Theory]
    [InlineData("time,matter\n2026-03-02,pothole", 1, PlanFaultCode.BadHistory)]
    [InlineData("time,matter,grid\nyesterday,pothole,x", 2, FileFaultCode.BadTime)]
    [InlineData("time,matter,grid\n2026-03-02,hole,x", 2, PlanFaultCode.UnknownMatter)]
    [InlineData("time,matter,grid\n\n2026-03-02,pothole,x", 3, PlanFaultCode.UnknownPlace)]
    public void Past_whistles_that_do_not_fit_are_named_with_their_line(string past, int line, string code) =>
        Refused(Sound.Replace("crews:", "  - { history: past.csv }\ncrews:", StringComparison.Ordinal), _ => past)
            .ShouldContain(fault => fault.File == "past.csv" && fault.Line == line && fault.Code == code);

    private static Plan Loaded(string text, Func<string, string?>? readFile = null)
    {
        var reading = PlanReader.Read(SampleCity.Pack, "plan.yaml", text, readFile ?? (_ => null));
        return reading.ShouldBeOfType<PlanReading.Loaded>(string.Join("\n", (reading as PlanReading.Refused)?.Faults ?? [])).Plan;
    }

    private static ImmutableArray<FileFault> Refused(string text, Func<string, string?>? readFile = null) =>
        PlanReader.Read(SampleCity.Pack, "plan.yaml", text, readFile ?? (_ => null)).ShouldBeOfType<PlanReading.Refused>().Faults;
}
