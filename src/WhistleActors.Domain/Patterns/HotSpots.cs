using System.Collections.Immutable;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Patterns;

/// <summary>
/// Recurrence and hot spots by grid, matter and time (DOMAIN 8.6, 19). For each grid and matter the whistles of a window are compared
/// with the district's other grids and with the grid's own past; what is shown says what was expected, and how unlikely it is.
/// </summary>
public static class HotSpots
{
    /// <summary>How far back the past reaches.</summary>
    public static readonly TimeSpan Past = TimeSpan.FromDays(52 * 7);

    /// <summary>Fewer whistles are no pattern, however unlikely.</summary>
    public const int FewestWhistles = 3;

    /// <summary>Shown is what mere chance would make in fewer than one of ten looks.</summary>
    public const double MostByChance = 0.1;

    private const int HoursPerPart = 4;
    private const int PartsPerWeek = 2 * 24 / HoursPerPart;

    /// <summary>The hot spots of a district, the least likely first.</summary>
    /// <param name="history">The whistles of the district since <paramref name="since"/> or for <see cref="Past"/> before the window; in any order.</param>
    /// <param name="since">When the record begins.</param>
    /// <param name="now">The end of the window.</param>
    /// <param name="window">How long it is; positive.</param>
    public static ImmutableArray<HotSpot> Find(
        CityPack pack, DistrictCode district, IReadOnlyCollection<PastWhistle> history, DateTimeOffset since, DateTimeOffset now, TimeSpan window)
    {
        var begin = now - window;
        var past = Past < begin - since ? Past : begin > since ? begin - since : TimeSpan.Zero;
        var grids = pack.Territory.Grids.Values.Count(grid => grid.District == district);
        var seen = history.Where(whistle => whistle.At <= now && whistle.At > begin - Past).ToList();
        var byMatter = seen.GroupBy(whistle => whistle.Matter).ToList();
        var looks = (double)grids * byMatter.Count;
        var parts = new PartCounts(seen, pack.Calendar);

        var spots =
            from ofMatter in byMatter
            let total = ofMatter.Count()
            from cell in ofMatter.GroupBy(whistle => whistle.Id.Grid)
            let inWindow = cell.Where(whistle => whistle.At > begin).OrderBy(whistle => whistle.At).ToList()
            where inWindow.Count >= FewestWhistles
            let elsewhere = grids > 1
                ? FindingOf(new Predictive(total - cell.Count(), (grids - 1) * (past + window).TotalDays, window.TotalDays), inWindow.Count, looks)
                : null
            let before = past >= window
                ? FindingOf(new Predictive(cell.Count() - inWindow.Count, past.TotalDays, window.TotalDays), inWindow.Count, looks)
                : null
            let likeliest = Math.Min(elsewhere?.ByChance ?? double.MaxValue, before?.ByChance ?? double.MaxValue)
            where likeliest <= MostByChance
            orderby likeliest, cell.Key.Text
            select new HotSpot(cell.Key, ofMatter.Key, [.. inWindow.Select(whistle => whistle.Id)], elsewhere, before, parts.Of(cell));
        return [.. spots];
    }

    private static Finding FindingOf(Predictive predicted, int observed, double looks)
    {
        var chance = predicted.AtLeast(observed);
        return new Finding(predicted.Expected, chance, chance * looks);
    }

    // When the city's whistles come: most come by day, so a place whose whistles come by day too says nothing.
    private sealed class PartCounts
    {
        private readonly WorkingCalendar calendar;
        private readonly int[] counts = new int[PartsPerWeek];
        private readonly int total;

        internal PartCounts(IReadOnlyCollection<PastWhistle> whistles, WorkingCalendar calendar)
        {
            this.calendar = calendar;
            total = whistles.Count;
            foreach (var whistle in whistles)
                counts[PartOf(whistle.At)]++;
        }

        internal PartOfWeek? Of(IEnumerable<PastWhistle> cell)
        {
            var whistles = cell.ToList();
            var (part, observed) = whistles.CountBy(whistle => PartOf(whistle.At)).MaxBy(count => count.Value);
            var share = (counts[part] + 1.0) / (total + PartsPerWeek);
            var byChance = Binomial.AtLeast(observed, whistles.Count, share) * PartsPerWeek;
            return observed >= FewestWhistles && byChance <= MostByChance
                ? new PartOfWeek(part / 2 * HoursPerPart, part % 2 == 0, observed, whistles.Count, whistles.Count * share, byChance)
                : null;
        }

        private int PartOf(DateTimeOffset at)
        {
            var local = TimeZoneInfo.ConvertTime(at, calendar.Zone);
            return (local.Hour / HoursPerPart * 2) + (calendar.IsWorkingDay(DateOnly.FromDateTime(local.DateTime)) ? 0 : 1);
        }
    }
}
