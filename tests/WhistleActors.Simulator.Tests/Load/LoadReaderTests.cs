using Shouldly;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.Load;
using Xunit;

namespace WhistleActors.Simulator.Tests.Load;

public sealed class LoadReaderTests
{
    private const string Head = "name: { zh: 试, en: Try }\n";

    [Theory]
    [InlineData("", 1, FileFaultCode.MissingValue)]
    [InlineData("name: [", 1, FileFaultCode.MalformedYaml)]
    [InlineData("just words", 1, FileFaultCode.WrongShape)]
    [InlineData(Head + "arrivals:\n  - per-hour: -5\n    to: 1 h", 3, FileFaultCode.BadNumber)]
    [InlineData(Head + "arrivals:\n  - per-hour: 5\n    from: 2 h\n    to: 1 h", 5, FileFaultCode.EndBeforeStart)]
    [InlineData(Head + "arrivals:\n  - whistles: 1000000000", 3, LoadFaultCode.TooManyWhistles)]
    [InlineData(Head + "arrivals:\n  - per-hour: 1000000000\n    to: 1 h", 3, LoadFaultCode.TooManyWhistles)]
    [InlineData(Head + "arrivals:\n  - whistles: 3\n    districts: [\"999999\"]", 4, LoadFaultCode.UnknownPlace)]
    [InlineData(Head + "arrivals:\n  - whistles: 3\n    grids: [g9]", 4, LoadFaultCode.UnknownPlace)]
    [InlineData(Head + "arrivals:\n  - whistles: 3\n    departments: [nobody]", 4, LoadFaultCode.UnknownDepartment)]
    [InlineData(Head + "arrivals:\n  - whistles: 3\n    matters: [\"99999\"]", 4, LoadFaultCode.UnknownMatter)]
    [InlineData(Head + "arrivals:\n  - whistles: 3\n    per-hour: 3\n    to: 1 h", 3, LoadFaultCode.Contradiction)]
    [InlineData(Head + "arrivals:\n  - whistles: 3\n    levels: { daily: 0.5 }", 4, FileFaultCode.BadNumber)]
    [InlineData(Head + "arrivals: []", 2, FileFaultCode.MissingValue)]
    [InlineData(Head + "compres: 3\narrivals:\n  - whistles: 3", 2, FileFaultCode.UnknownKey)]
    [InlineData(Head + "arrivals:\n  - replay: away.csv", 3, LoadFaultCode.BadReplay)]
    [InlineData(Head + "slow-crews: { share: 2, times: 3 }\narrivals:\n  - whistles: 3", 2, FileFaultCode.BadNumber)]
    public void What_is_wrong_is_said_with_its_line_in_both_languages(string text, int line, string code)
    {
        var faults = new FaultList();

        LoadReader.Read(SampleCity.Map(), "load.yaml", text, _ => null, faults).ShouldBeNull();

        var fault = faults.InOrder().ShouldHaveSingleItem();
        (fault.File, fault.Line, fault.Code).ShouldBe(("load.yaml", line, code));
        fault.Text.Zh.ShouldNotBeEmpty();
        fault.Text.En.ShouldNotBe(fault.Text.Zh);
    }

    [Theory]
    [InlineData("at,grid,matter\n2026-07-30T07:00:00+08:00,g1,20401\nnever,g1,20401", 3, FileFaultCode.BadTime)]
    [InlineData("at,grid,matter\n2026-07-30T07:00:00+08:00,g9,20401", 2, LoadFaultCode.UnknownPlace)]
    [InlineData("at,grid,matter\n2026-07-30T07:00:00+08:00,g1,99999", 2, LoadFaultCode.UnknownMatter)]
    [InlineData("at,grid,matter,level\n2026-07-30T07:00:00+08:00,g1,20401,loud", 2, FileFaultCode.UnknownWord)]
    [InlineData("at,grid\n2026-07-30T07:00:00+08:00,g1", 1, LoadFaultCode.BadReplay)]
    public void What_is_wrong_with_a_replay_is_said_with_the_line_of_the_csv(string csv, int line, string code)
    {
        var faults = new FaultList();

        LoadReader.Read(SampleCity.Map(), "load.yaml", Head + "arrivals:\n  - replay: past.csv", _ => csv, faults).ShouldBeNull();

        var fault = faults.InOrder().ShouldHaveSingleItem();
        (fault.File, fault.Line, fault.Code).ShouldBe(("past.csv", line, code));
    }

    [Fact]
    public void A_replay_keeps_the_distances_of_the_past()
    {
        var drawn = Drawn("arrivals:\n  - replay: past.csv", "at,grid,matter,level\n2026-07-30T07:00:00+08:00,g1,20401,daily\n2026-07-30T07:30:00+08:00,g2,20102,emergency");

        drawn.Select(arrival => (arrival.At.TotalMinutes, arrival.Cell.Code, arrival.Matter.Code, arrival.Level))
            .ShouldBe([(0, "g1", "20401", "daily"), (30, "g2", "20102", "emergency")]);
    }

    [Fact]
    public void Every_grid_whistles_once_within_the_time()
    {
        var drawn = Drawn("arrivals:\n  - every-grid: true\n    at: 5 min\n    within: 10 min");

        drawn.Select(arrival => arrival.Cell.Code).Order().ShouldBe(["g1", "g2"]);
        drawn.ShouldAllBe(arrival => arrival.At >= TimeSpan.FromMinutes(5) && arrival.At <= TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void A_rate_has_its_shape()
    {
        var drawn = Drawn("arrivals:\n  - per-hour: 5000\n    from: 1 h\n    to: 3 h\n    shape: [0, 1]");

        drawn.Count.ShouldBeInRange(9_500, 10_500);
        drawn.ShouldAllBe(arrival => arrival.At >= TimeSpan.FromHours(2) && arrival.At < TimeSpan.FromHours(3));
    }

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        const string Text = "arrivals:\n  - per-hour: 50\n    to: 3 h\n  - whistles: 9\n    within: 1 h";

        Drawn(Text, seed: 3).ShouldBe(Drawn(Text, seed: 3));
        Drawn(Text, seed: 4).ShouldNotBe(Drawn(Text, seed: 3));
    }

    [Fact]
    public void All_scenarios_that_are_shipped_are_of_good_form()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "scenarios", "load")))
            folder = folder.Parent!;
        var files = Directory.GetFiles(Path.Combine(folder.FullName, "scenarios", "load"), "*.yaml");

        files.Length.ShouldBeGreaterThanOrEqualTo(9);
        foreach (var file in files)
        {
            var faults = new FaultList();
            LoadReader.Read(city: null, file, File.ReadAllText(file), other => File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, other)), faults);
            faults.InOrder().ShouldBeEmpty();
        }
    }

    private static IReadOnlyList<Arrival> Drawn(string text, string? csv = null, int seed = 1)
    {
        var faults = new FaultList();
        var scenario = LoadReader.Read(SampleCity.Map(), "load.yaml", Head + text, _ => csv, faults);
        faults.InOrder().ShouldBeEmpty();
        return scenario!.Draw(seed);
    }
}
