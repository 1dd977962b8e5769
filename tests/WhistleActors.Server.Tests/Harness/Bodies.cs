using System.Globalization;

namespace WhistleActors.Server.Tests.Harness;

/// <summary>Bodies of requests that are right, to be sent as they are or spoiled.</summary>
internal static class Bodies
{
    public const string Blow =
        """{"matter":"burst-main","occasion":"emergency","level":"emergency","chain":"service","description":"主街水管爆裂","place":{"lon":120.005,"lat":30.005,"datum":"wgs84"}}""";

    public static readonly string BlowDaily = Blow.Replace("\"level\":\"emergency\"", "\"level\":\"daily\"", StringComparison.Ordinal);

    public const string Resolved = """{"kind":"resolved","note":"已修复"}""";

    public static string Ledgered(DateTimeOffset now) =>
        $$$"""{"kind":"ledgered","note":"先行围挡","ledger":{"reason":"等待停水许可","dueOn":"{{{Day(now, 20)}}}","responsible":"王强","milestones":[{"on":"{{{Day(now, 5)}}}","text":"许可"},{"on":"{{{Day(now, 20)}}}","text":"完工"}]}}""";

    public static string CheckIn(DateTimeOffset now, double lon = 120.005, double lat = 30.005) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"position":{"lon":{{{lon}}},"lat":{{{lat}}},"datum":"wgs84","accuracyMetres":8,"measuredAt":"{{{now:O}}}"},"headcount":3}""");

    public static string Day(DateTimeOffset now, int later) => now.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
