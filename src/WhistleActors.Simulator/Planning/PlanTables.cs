using System.Globalization;
using Spectre.Console;
using WhistleActors.Planning.Results;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Planning;

/// <summary>A plan's result as tables for a terminal.</summary>
internal static class PlanTables
{
    private const int MostRows = 25;

    internal static void Print(IAnsiConsole console, PlanReport report, Language language)
    {
        console.Profile.Width = Math.Max(console.Profile.Width, 150);
        PrintPlan(console, report.Plan, language);
        if (report is { Other: { } other, Differences: { } differences })
        {
            PrintPlan(console, other, language);
            PrintDifferences(console, differences, language);
        }

        foreach (var need in report.Needs)
        {
            var text = PlanText.Needs(need);
            console.MarkupLineInterpolated($"[bold]{need.Department}[/] {language.Say(text.Zh, text.En)} · {language.Say("目标", "target")} {PlanText.Share(report.Target)} · {language.Say("届时按时率", "then on time")} {PlanText.Share(need.Then?.OnTime)}");
        }

        foreach (var fault in report.Broken)
            console.MarkupLineInterpolated($"[red]{language.Say("账目不符", "Accounts do not agree")}: {fault}[/]");
        if (report.Plan.Replications > 0 && !report.Broken.Any())
            console.MarkupLine(language.Say("[green]流量守恒，利特尔定律逐次成立。[/]", "[green]Flow is conserved and Little's law holds in every replication.[/]"));
    }

    private static void PrintPlan(IAnsiConsole console, PlanResult result, Language language)
    {
        var table = Table(
            $"{language.Say(result.Name.Zh, result.Name.En)} · {result.CityPack} · {PlanText.Count(result.Whistles)} {language.Say("哨", "whistles")} × {result.Replications} · seed {result.Seed}",
            language.Say("部门", "department"), language.Say("力量", "crews"), language.Say("召集", "summonses"), language.Say("按时报到", "on time"), language.Say("未到", "never"),
            language.Say("报到（分）", "check-in, min"), "p50", "p95", language.Say("等力量（分）", "queue, min"), language.Say("抽调应急", "taken"), language.Say("利用率", "used"));
        foreach (var row in result.Departments.OrderByDescending(row => row.Summonses * (1 - (row.OnTime?.Mean ?? 1))).ThenBy(row => row.Code, StringComparer.Ordinal).Take(MostRows).Prepend(result.City))
        {
            table.AddRow(
                Markup.Escape(language.Say(row.Name.Zh, row.Code == "*" ? row.Name.En : row.Code)),
                row.Crews.ToString(CultureInfo.InvariantCulture),
                PlanText.Count(row.Summonses),
                PlanText.Share(row.OnTime),
                PlanText.Count(row.Never),
                PlanText.Minutes(row.CheckInMinutes),
                PlanText.Quantile(row, 0.5),
                PlanText.Quantile(row, 0.95),
                PlanText.Minutes(row.QueueMinutes),
                PlanText.Count(row.Taken),
                PlanText.Share(row.Utilisation?.Mean));
        }

        console.Write(table);
        if (result.Departments.Count > MostRows)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"… {result.Departments.Count - MostRows} {language.Say("个部门未列出（按时报到更好）", "departments are not listed: they do better")}");
        var (bottleneck, partial) = (PlanText.Bottleneck(result), PlanText.PartialNotice(result));
        console.MarkupLineInterpolated($"{language.Say(bottleneck.Zh, bottleneck.En)} {language.Say("全员到齐且按时的哨", "Whistles with everybody there on time")}: {PlanText.Share(result.Completion.OnTime)}");
        if (result.Partial)
            console.MarkupLineInterpolated($"[yellow]{language.Say(partial.Zh, partial.En)}[/]");
    }

    private static void PrintDifferences(IAnsiConsole console, IReadOnlyList<DepartmentDifference> differences, Language language)
    {
        var table = Table(
            language.Say("两个计划的差别（同样的随机数，成对比较）", "What is different (the same chance, by pairs)"),
            language.Say("部门", "department"), language.Say("按时：前", "on time before"), language.Say("后", "after"), language.Say("变化（百分点）", "change, points"), language.Say("确有差别？", "real?"),
            language.Say("报到时间变化（分）", "check-in change, min"), language.Say("确有差别？", "real?"));
        foreach (var row in differences.OrderByDescending(row => row.Code == "*").ThenByDescending(row => Math.Abs(row.OnTime?.Change.Mean ?? 0)).Take(MostRows + 1))
        {
            var (onTime, minutes) = (PlanText.Verdict(row.OnTime), PlanText.Verdict(row.CheckInMinutes));
            table.AddRow(
                Markup.Escape(language.Say(row.Name.Zh, row.Code == "*" ? row.Name.En : row.Code)),
                PlanText.Share(row.OnTime?.Before),
                PlanText.Share(row.OnTime?.After),
                row.OnTime is { } change ? FormattableString.Invariant($"{change.Change.Mean * 100:+0.00;-0.00;0} ± {change.Change.Half * 100:0.00}") : "–",
                language.Say(onTime.Zh, onTime.En),
                PlanText.Minutes(row.CheckInMinutes?.Change),
                language.Say(minutes.Zh, minutes.En));
        }

        console.Write(table);
    }

    private static Table Table(string title, params string[] columns)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn(columns[0]).NoWrap());
        foreach (var column in columns[1..])
            table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }
}
