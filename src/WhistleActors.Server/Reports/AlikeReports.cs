using WhistleActors.Contract.Reports;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Server.Reports;

/// <summary>
/// What may tell of the same thing as a report: near in place and time, and not of another matter. Shown to who decides, never dropped by itself: two
/// callers may mean the same burst pipe, or two.
/// </summary>
internal static class AlikeReports
{
    private const double MostMetres = 200;
    private const int MostShown = 20;
    private static readonly TimeSpan MostApart = TimeSpan.FromHours(72);

    internal static IReadOnlyList<AlikeView> Find(Report report, IEnumerable<Report> reports, IEnumerable<Whistle> whistles) =>
    [
        .. reports
            .Where(other => other.Id != report.Id && other.Grid == report.Grid && IsAlike(report, other.Matter, other.ReceivedAt, other.Place))
            .Select(other => new AlikeView(other.Id.Text, null, other.Title, other.ReceivedAt, Metres(report.Place, other.Place)))
            .Concat(whistles
                .Where(whistle => IsAlike(report, whistle.Matter, whistle.BlownAt, whistle.Place))
                .Select(whistle => new AlikeView(null, whistle.Id.Text, whistle.Description, whistle.BlownAt, Metres(report.Place, whistle.Place))))
            .OrderBy(alike => alike.Metres ?? MostMetres)
            .Take(MostShown),
    ];

    private static bool IsAlike(Report report, MatterCode? matter, DateTimeOffset at, LonLat? place) =>
        (report.Matter is null || matter is null || report.Matter == matter)
        && (report.ReceivedAt - at).Duration() <= MostApart
        && !(Metres(report.Place, place) > MostMetres);

    // On so small a scale the earth is flat.
    private static double? Metres(LonLat? one, LonLat? other)
    {
        if (one is not { } a || other is not { } b)
            return null;
        const double MetresPerDegree = 111_195;
        var east = (a.Lon - b.Lon) * MetresPerDegree * Math.Cos(a.Lat * Math.PI / 180);
        var north = (a.Lat - b.Lat) * MetresPerDegree;
        return Math.Round(Math.Sqrt((east * east) + (north * north)), 1);
    }
}
