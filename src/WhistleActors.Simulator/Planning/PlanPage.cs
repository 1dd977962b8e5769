using System.Globalization;
using WhistleActors.Domain;
using WhistleActors.Planning.Charts;
using WhistleActors.Planning.Results;

namespace WhistleActors.Simulator.Planning;

/// <summary>A plan's result as one page with charts.</summary>
internal static class PlanPage
{
    private const int MostBars = 20;
    private static readonly LocalizedText Percent = new("%", "%");
    private static readonly LocalizedText MinutesUnit = new("分钟", "minutes");

    internal static HtmlPage Of(PlanReport report)
    {
        var results = report.Other is { } other ? (PlanResult[])[report.Plan, other] : [report.Plan];
        var page = new HtmlPage(report.Plan.Name);
        foreach (var result in results)
        {
            page.Heading(result.Name);
            page.Note(new LocalizedText(
                FormattableString.Invariant($"{result.CityPack}，每次 {result.Whistles:#,0} 个哨，{result.Replications} 次推演，种子 {result.Seed}。"),
                FormattableString.Invariant($"{result.CityPack}, {result.Whistles:#,0} whistles a replication, {result.Replications} replications, seed {result.Seed}.")));
            if (result.Partial)
                page.Note(PlanText.PartialNotice(result), warns: true);
            page.Note(PlanText.Bottleneck(result));
        }

        if (report.Differences is { } differences)
            Differences(page, differences);
        foreach (var need in report.Needs)
        {
            var text = PlanText.Needs(need);
            page.Note(new LocalizedText($"{need.Department}：{text.Zh}（目标 {PlanText.Share(report.Target)}）。", $"{need.Department} {text.En} (target {PlanText.Share(report.Target)})."));
        }

        Charts(page, results);
        foreach (var result in results)
            Table(page, result);
        return page;
    }

    private static void Charts(HtmlPage page, PlanResult[] results)
    {
        LocalizedText[] names = [.. results.Select(result => result.Name)];
        var worst = results[0].Departments.OrderBy(row => row.OnTime?.Mean ?? 1).ThenBy(row => row.Code, StringComparer.Ordinal).Take(MostBars).ToList();
        page.Heading(new LocalizedText("图", "Charts"));
        page.Chart(SvgChart.Bars(new LocalizedText("按时报到率最低的部门", "Departments least often on time"), new Axes(Percent, 100), names, Rows(row => Scaled(row.OnTime, 100))));
        page.Chart(SvgChart.Bars(new LocalizedText("同一些部门的利用率", "How far the crews of these are used"), new Axes(Percent, 100), names, Rows(row => Scaled(row.Utilisation, 100))));
        page.Chart(SvgChart.Lines(
            new LocalizedText("多少时间内报到", "Checked in within"),
            new Axes(new LocalizedText("%，横轴为分钟", "%, over minutes"), 100),
            [.. results.Select(result => new Series(result.Name, [(0, 0), .. result.City.Spread.Where(point => point.Share <= 0.995 || point.Minutes <= 60).Select(point => (point.Minutes, point.Share * 100))]))]));
        page.Chart(SvgChart.Lines(
            new LocalizedText("等待力量的召集", "Summonses that wait for a crew"),
            new Axes(new LocalizedText("个，横轴为天", "at the start of each hour, over days"), X: Day),
            [.. results.Select(result => new Series(result.Name, [.. result.Hours.Select(hour => (hour.Hour / 24.0, hour.Waiting))]))]));
        page.Chart(SvgChart.Lines(
            new LocalizedText("在途和在场的力量", "Crews on the way and on the spot"),
            new Axes(new LocalizedText("支，横轴为天", "at the start of each hour, over days"), X: Day),
            [.. results.Select(result => new Series(result.Name, [.. result.Hours.Select(hour => (hour.Hour / 24.0, hour.Busy))]))]));
        page.Chart(SvgChart.Bars(
            new LocalizedText("按时报到率最低的街乡", "Subdistricts least often answered on time"),
            new Axes(Percent, 100),
            [.. results[0].Subdistricts.Where(row => row.OnTime is not null).OrderBy(row => row.OnTime!.Mean).Take(MostBars).Select(row => new Bar(row.Name, row.OnTime!.Mean * 100, row.OnTime.Low * 100, row.OnTime.High * 100))]));

        IReadOnlyList<IReadOnlyList<Bar>> Rows(Func<DepartmentResult, Interval?> value) =>
        [
            .. worst.Select(first => (IReadOnlyList<Bar>)
            [
                .. results.Select(result => result.Departments.FirstOrDefault(row => row.Code == first.Code) is { } row && value(row) is { } share
                    ? new Bar(first.Name, share.Mean, share.Low, share.High)
                    : new Bar(first.Name, 0)),
            ]),
        ];
    }

    private static void Differences(HtmlPage page, IReadOnlyList<DepartmentDifference> differences)
    {
        page.Heading(new LocalizedText("两个计划的差别", "What is different"));
        page.Note(new LocalizedText(
            "两个计划用同样的随机数成对比较；区间不含 0 才算确有差别。多个部门一起看时，约二十个中会有一个只是看起来有差别。",
            "Both plans meet the same chance and are compared by pairs; a difference is real when its interval does not hold 0. Of twenty departments without a difference one looks as if it had one."));
        page.Table(
            [new("部门", "Department"), new("按时：前", "On time before"), new("后", "after"), new("变化（百分点）", "change, points"), new("确有差别？", "real?")],
            differences.OrderByDescending(row => row.Code == "*").ThenByDescending(row => Math.Abs(row.OnTime?.Change.Mean ?? 0)).Take(MostBars + 1).Select(row => (IReadOnlyList<LocalizedText>)
            [
                row.Name,
                Plain(PlanText.Share(row.OnTime?.Before)),
                Plain(PlanText.Share(row.OnTime?.After)),
                Plain(row.OnTime is { } change ? FormattableString.Invariant($"{change.Change.Mean * 100:+0.00;-0.00;0} ± {change.Change.Half * 100:0.00}") : "–"),
                PlanText.Verdict(row.OnTime),
            ]));
    }

    private static void Table(HtmlPage page, PlanResult result)
    {
        page.Heading(new LocalizedText($"部门：{result.Name.Zh}", $"Departments: {result.Name.En}"));
        page.Table(
            [new("部门", "Department"), new("力量", "Crews"), new("召集", "Summonses"), new("按时报到", "On time"), new("未到", "Never"), new("报到", "Check-in"), new("p50", "p50"), new("p95", "p95"), new("等力量", "Queue"), new("抽调应急", "Taken"), new("利用率", "Used")],
            result.Departments.Prepend(result.City).Select(row => (IReadOnlyList<LocalizedText>)
            [
                row.Name,
                Plain(row.Crews.ToString(CultureInfo.InvariantCulture)),
                Plain(PlanText.Count(row.Summonses)),
                Plain(PlanText.Share(row.OnTime)),
                Plain(PlanText.Count(row.Never)),
                Plain(PlanText.Minutes(row.CheckInMinutes)),
                Plain(PlanText.Quantile(row, 0.5)),
                Plain(PlanText.Quantile(row, 0.95)),
                Plain(PlanText.Minutes(row.QueueMinutes)),
                Plain(PlanText.Count(row.Taken)),
                Plain(PlanText.Share(row.Utilisation?.Mean)),
            ]));
        page.Note(new LocalizedText($"时间单位：{MinutesUnit.Zh}；± 为 95 % 置信区间的一半；抽调应急：途中的力量被应急哨抽调的次数。", $"Times in {MinutesUnit.En}; ± is half of the 95 % confidence interval. Taken: crews on their way that an emergency took from something less."));
    }

    private static string Day(double day) => day.ToString("0.#", CultureInfo.InvariantCulture);

    private static Interval? Scaled(Interval? interval, double factor) =>
        interval is null ? null : new Interval(interval.Mean * factor, Math.Max(0, interval.Low * factor), interval.High * factor, interval.Count);

    private static LocalizedText Plain(string text) => new(text, text);
}
