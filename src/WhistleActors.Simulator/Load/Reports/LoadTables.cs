using System.Globalization;
using Spectre.Console;
using WhistleActors.Simulator.Reports;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Load.Reports;

/// <summary>A load's report as tables for a terminal.</summary>
internal static class LoadTables
{
    private const int MostDepartments = 15;

    public static void Print(IAnsiConsole console, LoadReport report, Language language)
    {
        if (report.Partial)
            console.MarkupLine($"[yellow]{LoadText.Partial.In(language)}[/]");
        PrintCounts(console, report, language);
        PrintLatencies(console, report, language);
        if (report.Refusals.Count > 0)
            PrintRefusals(console, report, language);
        PrintDepartments(console, report, language);
        if (report.Sending.NotSent > 0)
            console.MarkupLineInterpolated($"[yellow]{LoadText.NotSent(report).In(language)}[/]");
        SummaryTables.PrintFindings(console, report.Findings, report.Ok, language);
        console.MarkupLineInterpolated($"{language.Say("流水账", "ledger")}: {report.Ledger}");
    }

    private static void PrintCounts(IAnsiConsole console, LoadReport report, Language language)
    {
        var table = SummaryTables.Table($"{report.Scenario.In(language)} · {report.City.In(language)}", language.Say("项目", "what"), language.Say("数量", "count"));
        foreach (var (what, count) in LoadText.Counts(report))
            table.AddRow(Markup.Escape(what.In(language)), count);
        console.Write(table);
    }

    private static void PrintLatencies(IAnsiConsole console, LoadReport report, Language language)
    {
        var table = SummaryTables.Table(
            language.Say("延迟（毫秒，自计划发送时刻起）", "Latency, ms, from when it was meant to be sent"), language.Say("命令", "command"), language.Say("数量", "count"), "p50", "p95", "p99", language.Say("最大", "max"));
        foreach (var (name, row) in LoadText.Latencies(report))
            table.AddRow(Markup.Escape(name.In(language)), LoadText.Number(row.Count), LoadText.Ms(row.P50), LoadText.Ms(row.P95), LoadText.Ms(row.P99), LoadText.Ms(row.Max));
        console.Write(table);
    }

    private static void PrintRefusals(IAnsiConsole console, LoadReport report, Language language)
    {
        var table = SummaryTables.Table(
            language.Say("被拒绝的命令", "Refusals"), language.Say("代码", "code"), language.Say("级别", "level"), language.Say("数量", "count"), language.Say("随后重发", "repeated later"));
        foreach (var row in report.Refusals)
            table.AddRow(Markup.Escape(row.Code), LoadText.Level(row.Level).In(language), LoadText.Number(row.Count), row.Repeated ? language.Say("是", "yes") : language.Say("否", "no"));
        console.Write(table);
    }

    private static void PrintDepartments(IAnsiConsole console, LoadReport report, Language language)
    {
        var table = SummaryTables.Table(
            language.Say("被召集最多的部门：自吹哨至报到（场景分钟）", "Departments most summoned: whistle to check-in, minutes of the scenario"),
            language.Say("部门", "department"), language.Say("召集", "summonses"), language.Say("报到", "check-ins"), language.Say("迟到", "late"), "p50", "p95");
        foreach (var row in report.Departments.Take(MostDepartments))
            table.AddRow(Markup.Escape(language.Say(row.NameZh, row.Code)), LoadText.Number(row.Summonses), LoadText.Number(row.CheckIns), LoadText.Number(row.Late), LoadText.Ms(row.P50), LoadText.Ms(row.P95));
        console.Write(table);
        if (report.Departments.Count > MostDepartments)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"… {report.Departments.Count - MostDepartments} {language.Say("个部门未列出", "more departments")}");
    }
}
