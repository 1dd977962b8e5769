using System.Globalization;
using WhistleActors.Domain;
using WhistleActors.Planning.Results;

namespace WhistleActors.Simulator.Planning;

/// <summary>How a plan's numbers are written.</summary>
internal static class PlanText
{
    internal static string Share(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "–";

    internal static string Share(Interval? share) => share is null ? "–" : share.Count > 1 ? FormattableString.Invariant($"{share.Mean:0.0 %} ± {share.Half * 100:0.0}") : Share(share.Mean);

    internal static string Minutes(double? minutes) => minutes?.ToString("#,0.0", CultureInfo.InvariantCulture) ?? "–";

    internal static string Minutes(Interval? minutes) => minutes is null ? "–" : minutes.Count > 1 ? FormattableString.Invariant($"{minutes.Mean:#,0.0} ± {minutes.Half:0.0}") : Minutes(minutes.Mean);

    internal static string Quantile(DepartmentResult row, double share) => row.Quantiles.First(quantile => quantile.Share == share).Minutes is { } minutes ? Minutes(minutes) : "∞";

    internal static string Count(Interval? count) => count is null ? "–" : count.Count > 1 ? FormattableString.Invariant($"{count.Mean:#,0.#} ± {count.Half:0.0}") : Count(count.Mean);

    internal static string Count(double count) => count.ToString("#,0.#", CultureInfo.InvariantCulture);

    internal static LocalizedText Needs(CrewNeed need) => need.Needs is { } crews
        ? new LocalizedText($"需要 {crews} 支，现有 {need.Has} 支", $"needs {crews} crews, has {need.Has}")
        : new LocalizedText(
            $"{CrewNeed.MostTried} 支也不够（问题在路程、班次、时限，或没有力量具备所需技能）",
            $"{CrewNeed.MostTried} crews are not enough: it is the journey, the shifts, the limit or a skill that no crew has");

    internal static LocalizedText Verdict(Difference? difference) => difference switch
    {
        null => new LocalizedText("–", "–"),
        { Real: true } => new LocalizedText("是", "yes"),
        _ => new LocalizedText("否", "no"),
    };

    internal static LocalizedText PartialNotice(PlanResult result) => new(
        $"中途停止，只是部分结果：{result.Asked} 次推演完成了 {result.Replications} 次。",
        $"Stopped early, a partial result: {result.Replications} of {result.Asked} replications were done.");

    internal static LocalizedText Bottleneck(PlanResult result) => result.Departments.FirstOrDefault(row => row.Code == result.Bottleneck) is { } row
        ? new LocalizedText($"瓶颈：{row.Name.Zh}（{row.Code}），等待其力量的时间最长。", $"Bottleneck: {row.Name.En} ({row.Code}); the most time was waited for its crews.")
        : new LocalizedText("没有瓶颈：无人等待力量。", "No bottleneck: nobody waited for a crew.");
}
