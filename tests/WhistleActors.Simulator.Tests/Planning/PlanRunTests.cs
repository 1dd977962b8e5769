using System.Text.Json;
using Shouldly;
using Spectre.Console;
using WhistleActors.Domain.Departments;
using WhistleActors.Simulator.CommandLine;
using WhistleActors.Simulator.Planning;
using WhistleActors.Simulator.Speech;
using WhistleActors.Testing;
using Xunit;

namespace WhistleActors.Simulator.Tests.Planning;

public sealed class PlanRunTests : IDisposable
{
    private const string Plan = """
        name: { zh: "平常 <一天>", en: An ordinary day }
        city: example
        start: 2026-03-02
        days: 3
        replications: 4
        arrivals:
          - per-day: 40
            matters: [burst-main]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("plan").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_plan_and_another_end_in_numbers_for_machines_and_a_page_that_needs_no_network()
    {
        var asked = Asked(Plan) with { Against = Write("more.yaml", Plan + "\ncrews:\n  - { department: waterworks, add: 2 }"), Need = [DepartmentCode.Parse("waterworks")] };
        (await PlanRun.Async(asked, TestContext.Current.CancellationToken)).ShouldBe(ExitCodes.Good);

        var report = JsonDocument.Parse(await File.ReadAllTextAsync(asked.JsonFile!, TestContext.Current.CancellationToken)).RootElement;
        report.GetProperty("plan").GetProperty("replications").GetInt32().ShouldBe(4);
        report.GetProperty("differences").EnumerateArray().Select(row => row.GetProperty("code").GetString()).ShouldContain("waterworks");
        report.GetProperty("needs")[0].GetProperty("needs").GetInt32().ShouldBePositive();
        var page = await File.ReadAllTextAsync(asked.HtmlFile!, TestContext.Current.CancellationToken);
        page.ShouldContain("平常 &lt;一天&gt;");
        page.ShouldNotContain("http");
    }

    [Theory]
    [InlineData("per-day: 40", "per-day: -40")]
    [InlineData("city: example", "city: ../example")]
    [InlineData("city: example", "city: nowhere")]
    public async Task A_plan_that_is_not_sound_runs_nothing(string sound, string wrong)
    {
        var asked = Asked(Plan.Replace(sound, wrong, StringComparison.Ordinal));
        (await PlanRun.Async(asked, TestContext.Current.CancellationToken)).ShouldBe(ExitCodes.BadFile);
        File.Exists(asked.JsonFile).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_no_YAML_is_told_with_its_line_and_not_as_a_city_that_is_missing()
    {
        using var told = new StringWriter();
        var before = AnsiConsole.Console;
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Synchronized(told)) });
        try
        {
            (await PlanRun.Async(Asked("name: { zh: 坏 }\ndays: [1,\n"), TestContext.Current.CancellationToken)).ShouldBe(ExitCodes.BadFile);
        }
        finally
        {
            AnsiConsole.Console = before;
        }

        told.ToString().ShouldContain("malformed-yaml");
        told.ToString().ShouldNotContain("must name a sound city pack");
    }

    [Fact]
    public async Task What_is_stopped_is_reported_as_a_part()
    {
        var asked = Asked(Plan);
        (await PlanRun.Async(asked, new CancellationToken(canceled: true))).ShouldBe(ExitCodes.Stopped);
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(asked.JsonFile!, TestContext.Current.CancellationToken)).RootElement;
        (report.GetProperty("partial").GetBoolean(), report.GetProperty("plan").GetProperty("replications").GetInt32()).ShouldBe((true, 0));
        (await File.ReadAllTextAsync(asked.HtmlFile!, TestContext.Current.CancellationToken)).ShouldContain("a partial result: 0 of 4");
    }

    private PlanQuestion Asked(string plan) => new(
        Write("plan.yaml", plan), null, [], 2, null, Path.Combine(Repository.Root, "city-packs"), Path.Combine(folder, "out.json"), Path.Combine(folder, "out.html"), IsQuiet: true, new Language(false));

    private string Write(string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
