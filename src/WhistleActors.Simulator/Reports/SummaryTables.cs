using System.Globalization;
using Spectre.Console;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Reports;

/// <summary>The summary for people.</summary>
internal static class SummaryTables
{
    private const int MostFindings = 20;

    public static void Print(IAnsiConsole console, Summary summary, Language language)
    {
        PrintCounts(console, summary, language);
        PrintLatencies(console, summary, language);
        PrintRefusals(console, summary, language);
        PrintFindings(console, summary.Findings, summary.Ok, language);
    }

    private static void PrintCounts(IAnsiConsole console, Summary summary, Language language)
    {
        var table = Table(language.Say($"模拟结果：{summary.City}", $"Simulation: {summary.City}"), language.Say("项目", "what"), language.Say("数量", "count"));
        Row(language.Say("吹哨", "whistles blown"), summary.Whistles.Blown);
        Row(language.Say("办结", "closed"), summary.Whistles.Closed);
        Row(language.Say("撤回", "withdrawn"), summary.Whistles.Withdrawn);
        Row(language.Say("仍未办结", "still open"), summary.Whistles.StillOpen);
        Row(language.Say("按时报到", "check-ins on time"), summary.CheckIns.OnTime);
        Row(language.Say("迟到报到", "check-ins late"), summary.CheckIns.Late);
        Row(language.Say("始终未到", "never came"), summary.CheckIns.Never);
        Row(language.Say("受理的命令", "commands accepted"), summary.Commands.Accepted);
        table.AddRow(language.Say("命令/秒", "commands per second"), summary.Commands.PerSecond.ToString("0.0", CultureInfo.InvariantCulture));
        Row(language.Say("重发次数", "attempts repeated"), summary.Commands.Repeated);
        Row(language.Say("由先前一次尝试完成", "answered by an earlier attempt"), summary.Commands.Replayed);
        Row(language.Say("没有答复", "without any answer"), summary.Commands.Unanswered);
        foreach (var remark in summary.PassedOver)
            Row(language.Say(remark.WhatZh, remark.What), remark.Count);
        Row(language.Say("已核对的哨", "whistles verified"), summary.Verified);
        table.AddRow(language.Say("用时（秒）", "seconds"), summary.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        console.Write(table);

        void Row(string what, long count) => table.AddRow(what, count.ToString("#,0", CultureInfo.InvariantCulture));
    }

    private static void PrintLatencies(IAnsiConsole console, Summary summary, Language language)
    {
        var table = Table(language.Say("延迟（毫秒）", "Latency, ms"), language.Say("命令", "command"), language.Say("数量", "count"), "p50", "p95", "p99", language.Say("最大", "max"));
        foreach (var row in summary.Latencies)
            Add(row.Command, row);
        Add(language.Say("答复到大屏", "answer to live board"), summary.Push);
        console.Write(table);

        void Add(string name, LatencyRow row) => table.AddRow(
            name, row.Count.ToString("#,0", CultureInfo.InvariantCulture), Ms(row.P50), Ms(row.P95), Ms(row.P99), Ms(row.Max));
    }

    private static void PrintRefusals(IAnsiConsole console, Summary summary, Language language)
    {
        if (summary.Refusals.Count == 0)
            return;
        var table = Table(language.Say("被拒绝的命令", "Refusals"), language.Say("代码", "code"), language.Say("数量", "count"), language.Say("预期", "expected"));
        foreach (var row in summary.Refusals)
            table.AddRow(Markup.Escape(row.Code), row.Count.ToString("#,0", CultureInfo.InvariantCulture), row.Expected ? language.Say("是", "yes") : language.Say("[red]否[/]", "[red]no[/]"));
        console.Write(table);
    }

    public static void PrintFindings(IAnsiConsole console, IReadOnlyList<FindingRow> findings, bool ok, Language language)
    {
        foreach (var finding in findings.Take(MostFindings))
            console.MarkupLineInterpolated($"[red]{finding.Kind}[/] {finding.Whistle} {finding.Detail}");
        if (findings.Count > MostFindings)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"… {findings.Count - MostFindings} {language.Say("条未列出", "more")}");
        console.MarkupLine(ok
            ? language.Say("[green]核对无误：没有丢失，没有重复。[/]", "[green]Verified: nothing lost, nothing doubled.[/]")
            : language.Say("[red]有问题，见上。[/]", "[red]Something is wrong, see above.[/]"));
    }

    public static Table Table(string title, params string[] columns)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        table.AddColumn(columns[0]);
        foreach (var column in columns[1..])
            table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    private static string Ms(double? milliseconds) => milliseconds?.ToString("#,0.0", CultureInfo.InvariantCulture) ?? "–";
}
