using System.Globalization;
using WhistleActors.Domain;
using WhistleActors.Simulator.Reports;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Load.Reports;

/// <summary>What a load's report says, wherever it is shown.</summary>
internal static class LoadText
{
    public static LocalizedText Partial { get; } = new("压测被提前结束：以下只是其中一部分。", "The load was stopped before its end: this is a part of it.");

    public static string In(this LocalizedText text, Language language) => language.Say(text.Zh, text.En);

    public static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Ms(double? value) => value?.ToString("#,0.0", CultureInfo.InvariantCulture) ?? "–";

    public static LocalizedText NotSent(LoadReport report)
    {
        var levels = string.Join(", ", report.Sending.NotSentByLevel.Select(entry => $"{Level(entry.Level).En} {Number(entry.Count)}"));
        var levelsZh = string.Join("、", report.Sending.NotSentByLevel.Select(entry => $"{Level(entry.Level).Zh} {Number(entry.Count)}"));
        return new LocalizedText(
            $"有 {Number(report.Sending.NotSent)} 个哨没有发出（{levelsZh}）：同时进行的已达上限（most-open）。",
            $"{Number(report.Sending.NotSent)} whistles were not sent ({levels}): as many as 'most-open' allows went on already.");
    }

    public static LocalizedText Level(string wire) => wire switch
    {
        "emergency" => new LocalizedText("应急哨", "emergency"),
        "campaign" => new LocalizedText("攻坚哨", "campaign"),
        _ => new LocalizedText("日常哨", "daily"),
    };

    public static IEnumerable<(LocalizedText What, string Count)> Counts(LoadReport report)
    {
        yield return (new("计划的哨", "whistles planned"), Number(report.Sending.Expected));
        yield return (new("已到时刻", "of which their time came"), Number(report.Sending.Due));
        yield return (new("没有发出", "not sent"), Number(report.Sending.NotSent));
        yield return (new("吹哨成功", "whistles blown"), Number(report.Whistles.Blown));
        yield return (new("办结", "closed"), Number(report.Whistles.Closed));
        yield return (new("撤回", "withdrawn"), Number(report.Whistles.Withdrawn));
        yield return (new("仍未办结", "still open"), Number(report.Whistles.StillOpen));
        yield return (new("按时报到", "check-ins on time"), Number(report.CheckIns.OnTime));
        yield return (new("迟到报到", "check-ins late"), Number(report.CheckIns.Late));
        yield return (new("始终未到", "never came"), Number(report.CheckIns.Never));
        yield return (new("受理的命令", "commands accepted"), Number(report.Commands.Accepted));
        yield return (new("命令/秒", "commands per second"), report.Commands.PerSecond.ToString("#,0.0", CultureInfo.InvariantCulture));
        yield return (new("晚于计划 100 毫秒以上发出的命令", "commands sent more than 100 ms late"), Number(report.Sending.Behind));
        yield return (new("其中最晚（毫秒）", "the latest of them, ms"), Number((long)report.Sending.LongestBehindMs));
        yield return (new("断线后重发", "attempts repeated after a lost connection"), Number(report.Commands.Repeated));
        yield return (new("没有答复", "without any answer"), Number(report.Commands.Unanswered));
        if (report.Screens is { } screens)
        {
            yield return (new("屏幕取得首幅画面", "screens that got their first picture"), Number(screens.Pictures));
            yield return (new("屏幕未能及时取得画面", "screens that got none in time"), Number(screens.Blank));
        }

        yield return (new("已核对的哨", "whistles verified"), Number(report.Verified));
        yield return (new("用时（秒）", "seconds"), report.Seconds.ToString("#,0.0", CultureInfo.InvariantCulture));
    }

    public static IEnumerable<(LocalizedText Name, LatencyRow Row)> Latencies(LoadReport report)
    {
        foreach (var row in report.Latencies)
            yield return (Command(row.Command), row);
        yield return (new("答复到大屏", "answer to live board"), report.Push);
        if (report.Screens is { } screens)
            yield return (new("屏幕首幅画面", "first picture of a screen"), screens.FirstPicture);
    }

    private static LocalizedText Command(string wire) => new(
        wire switch
        {
            "blow" => "吹哨",
            "sign" => "签收",
            "depart" => "出发",
            "check-in" => "报到",
            "report" => "报结果",
            "accept" => "认可",
            "file-report" => "书面反馈",
            "veto" => "否决",
            "release" => "解除",
            "withdraw" => "撤回",
            "close" => "办结",
            _ => wire,
        },
        wire);
}
