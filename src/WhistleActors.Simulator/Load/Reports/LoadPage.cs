using System.Globalization;
using WhistleActors.Domain;
using WhistleActors.Planning.Charts;

namespace WhistleActors.Simulator.Load.Reports;

/// <summary>A load's report as one page with charts.</summary>
internal static class LoadPage
{
    private const int MostBars = 20;
    private const int MostFindings = 50;
    private const int MostCodes = 6;

    private static readonly LocalizedText OverSeconds = new("毫秒，横轴为秒", "ms, over seconds of the run");

    public static HtmlPage Of(LoadReport report)
    {
        var page = new HtmlPage(report.Scenario);
        page.Note(new LocalizedText(
            Text($"{report.City.Zh} · 压缩 {report.Compress:0.##} 倍 · 种子 {report.Seed} · {report.StartedAt:yyyy-MM-dd HH:mm:ss} UTC · 运行编号 {report.Run}"),
            Text($"{report.City.En} · compressed {report.Compress:0.##} times · seed {report.Seed} · {report.StartedAt:yyyy-MM-dd HH:mm:ss} UTC · run {report.Run}")));
        if (report.Partial)
            page.Note(LoadText.Partial, warns: true);
        if (report.Sending.NotSent > 0)
            page.Note(LoadText.NotSent(report), warns: true);
        page.Note(
            report.Ok
                ? new LocalizedText("核对无误：受理的没有丢失，也没有重复。", "Verified: nothing that was accepted is missing, nothing is there twice.")
                : new LocalizedText("有问题，见页末。", "Something is wrong; see the end of the page."),
            warns: !report.Ok);
        page.Table([new("项目", "What"), new("数量", "Count")], LoadText.Counts(report).Select(row => (IReadOnlyList<LocalizedText>)[row.What, Plain(row.Count)]));
        Charts(page, report);
        Tables(page, report);
        return page;
    }

    private static void Charts(HtmlPage page, LoadReport report)
    {
        page.Heading(new LocalizedText("时间过程", "Over time"));
        page.Chart(SvgChart.Lines(
            new LocalizedText("吹哨的延迟", "Latency of blowing"),
            new Axes(OverSeconds),
            [Line(new("中位数", "median"), row => row.BlowP50), Line(new("99%", "99 %"), row => row.BlowP99)]));
        page.Chart(SvgChart.Lines(
            new LocalizedText("其他命令的延迟", "Latency of all other commands"),
            new Axes(OverSeconds),
            [Line(new("中位数", "median"), row => row.OtherP50), Line(new("99%", "99 %"), row => row.OtherP99)]));
        page.Chart(SvgChart.Lines(
            new LocalizedText("每秒", "A second"),
            new Axes(new LocalizedText("个，横轴为秒", "count, over seconds of the run")),
            [
                Line(new("受理的命令", "commands accepted"), row => row.Accepted / report.SliceSeconds),
                Line(new("应吹的哨", "whistles due"), row => row.Due / report.SliceSeconds),
                Line(new("没有发出", "not sent"), row => row.NotSent / report.SliceSeconds),
            ]));
        page.Chart(SvgChart.Lines(
            new LocalizedText("同时进行的哨", "Whistles under way"),
            new Axes(new LocalizedText("个，横轴为秒", "count, over seconds of the run")),
            [Line(new("进行中", "under way"), row => row.Open)]));
        var codes = report.Refusals.GroupBy(row => row.Code).OrderByDescending(group => group.Sum(row => row.Count)).Take(MostCodes).Select(group => group.Key).ToList();
        page.Chart(SvgChart.Lines(
            new LocalizedText("拒绝", "Refusals"),
            new Axes(new LocalizedText("每秒，横轴为秒", "a second, over seconds of the run")),
            [.. codes.Select(code => Line(Plain(code), row => row.Refused.GetValueOrDefault(code) / report.SliceSeconds))]));

        page.Heading(new LocalizedText("部门", "Departments"));
        page.Chart(SvgChart.Bars(
            new LocalizedText("被召集最多的部门：自吹哨至报到", "Departments most summoned: from the whistle to the check-in"),
            new Axes(new LocalizedText("场景分钟", "minutes of the scenario")),
            [new("中位数", "median"), new("95%", "95 %")],
            [.. report.Departments.Where(row => row.CheckIns > 0).Take(MostBars).Select(row => (IReadOnlyList<Bar>)[new Bar(Name(row), row.P50 ?? 0), new Bar(Name(row), row.P95 ?? 0)])]));
        page.Chart(SvgChart.Bars(
            new LocalizedText("被召集最多的部门：召集数", "Departments most summoned: summonses"),
            new Axes(new LocalizedText("个", "count")),
            [.. report.Departments.Take(MostBars).Select(row => new Bar(Name(row), row.Summonses))]));

        Series Line(LocalizedText name, Func<TimelineRow, double?> value) => new(name, [.. report.Timeline.Select(row => (row.Second, value(row) ?? double.NaN))]);
    }

    private static void Tables(HtmlPage page, LoadReport report)
    {
        page.Heading(new LocalizedText("延迟（毫秒，自计划发送时刻起）", "Latency, ms, from when it was meant to be sent"));
        page.Table(
            [new("命令", "Command"), new("数量", "count"), Plain("p50"), Plain("p95"), Plain("p99"), new("最大", "max")],
            LoadText.Latencies(report).Select(entry => (IReadOnlyList<LocalizedText>)
            [
                entry.Name, Plain(LoadText.Number(entry.Row.Count)), Plain(LoadText.Ms(entry.Row.P50)), Plain(LoadText.Ms(entry.Row.P95)), Plain(LoadText.Ms(entry.Row.P99)), Plain(LoadText.Ms(entry.Row.Max)),
            ]));
        if (report.Refusals.Count > 0)
        {
            page.Heading(new LocalizedText("被拒绝的命令", "Refusals"));
            page.Table(
                [new("代码", "Code"), new("级别", "level"), new("数量", "count"), new("随后重发", "repeated later")],
                report.Refusals.Select(row => (IReadOnlyList<LocalizedText>)[Plain(row.Code), LoadText.Level(row.Level), Plain(LoadText.Number(row.Count)), row.Repeated ? new("是", "yes") : new("否", "no")]));
        }

        if (report.Findings.Count == 0)
            return;
        page.Heading(new LocalizedText($"问题（共 {report.Findings.Count} 条）", $"Findings ({report.Findings.Count})"));
        page.Table(
            [new("类别", "Kind"), new("哨", "whistle"), new("详情", "detail")],
            report.Findings.Take(MostFindings).Select(row => (IReadOnlyList<LocalizedText>)[Plain(row.Kind), Plain(row.Whistle), Plain(row.Detail)]));
    }

    // English names of districts begin alike and end alike; codes are short and tell them apart.
    private static LocalizedText Name(DepartmentRow row) => new(row.NameZh, row.Code);

    private static LocalizedText Plain(string text) => new(text, text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
