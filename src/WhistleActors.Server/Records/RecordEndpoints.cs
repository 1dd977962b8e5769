using WhistleActors.Actors.Records;
using WhistleActors.Contract;
using WhistleActors.Contract.Records;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Patterns;
using WhistleActors.Domain.Territory;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using RateStanding = WhistleActors.Contract.Records.WhistleRateStanding;

namespace WhistleActors.Server.Records;

/// <summary>What the city's memory tells: where to look before the next whistle, how often each subdistrict whistles, and what the duty list is worth.</summary>
internal static class RecordEndpoints
{
    private const int MostWeeks = 26;

    internal static void MapRecords(this RouteGroupBuilder api)
    {
        var records = api.MapGroup("/records").WithTags("Records");
        records.MapGet("/patterns", Patterns)
            .WithSummary("Recurrence and hot spots of a district: observed, expected, and how unlikely. 复发事项与热点。")
            .Produces<PatternsView>().ProducesRefusals(400, 422);
        records.MapGet("/whistle-rates", Rates)
            .WithSummary("How often subdistricts whistle, against the city's band. 各街乡吹哨频次。")
            .Produces<WhistleRatesView>().ProducesRefusals(422);
        records.MapGet("/proposals", Proposals)
            .WithSummary("How often the duty list's proposal was taken unchanged. 职责清单建议的采纳情况。")
            .Produces<ProposalsView>().ProducesRefusals(400, 422);
    }

    private static IResult Patterns(CityPack pack, CityRecord record, TimeProvider clock, string? district = null, string? subdistrict = null, int? weeks = null)
    {
        var form = new Form();
        var code = form.Code<DistrictCode>("?district", district);
        var within = form.OptionalCode<SubdistrictCode>("?subdistrict", subdistrict);
        var window = Window(form, weeks ?? 4);
        form.Check();
        RequireDistrict(form, code, pack);

        var grids = pack.Territory.Grids;
        var now = clock.GetUtcNow();
        var history = record.Of(grid => grids.GetValueOrDefault(grid)?.District == code);
        var spots = HotSpots.Find(pack, code, history, record.Since ?? now, now, window)
            .Where(spot => within is null || grids[spot.Grid].Subdistrict == within);
        return Results.Json(
            new PatternsView(code.Text, record.Since, now - window, now, [.. spots.Select(spot => new HotSpotView(
                spot.Grid.Text,
                grids[spot.Grid].Subdistrict.Text,
                spot.Matter.Text,
                [.. spot.Whistles.Select(whistle => whistle.Text)],
                View(spot.AgainstDistrict),
                View(spot.AgainstOwnPast),
                spot.When is { } when ? new PartOfWeekView(when.FromHour, when.WorkingDay, when.Observed, when.Of, when.Expected, when.ByChance) : null))]),
            ContractJson.Types.PatternsView);
    }

    private static IResult Rates(CityPack pack, CityRecord record, TimeProvider clock, string? district = null)
    {
        var form = new Form();
        var within = form.OptionalCode<DistrictCode>("?district", district);
        form.Check();
        if (within is { } code)
            RequireDistrict(form, code, pack);

        var (now, band) = (clock.GetUtcNow(), pack.WhistleRate);
        var from = now - (band?.Span ?? TimeSpan.FromDays(28));
        var counts = record.Of(_ => true)
            .Where(whistle => whistle.At > from && pack.Territory.Grids.ContainsKey(whistle.Id.Grid))
            .CountBy(whistle => pack.Territory.Grids[whistle.Id.Grid].Subdistrict)
            .ToDictionary();
        return Results.Json(
            new WhistleRatesView(record.Since, band?.Weeks, band?.Low, band?.High, [..
                from subdistrict in pack.Territory.Subdistricts.Values
                where within is null || subdistrict.District == within
                let whistles = counts.GetValueOrDefault(subdistrict.Code)
                orderby whistles descending, subdistrict.Code.Text
                select new WhistleRateView(
                    subdistrict.Code.Text,
                    subdistrict.District.Text,
                    whistles,
                    (RateStanding?)band?.Of(whistles, now - (record.Since ?? now)))]),
            ContractJson.Types.WhistleRatesView);
    }

    private static IResult Proposals(CityRecord record, TimeProvider clock, int? weeks = null)
    {
        var form = new Form();
        var window = Window(form, weeks ?? MostWeeks);
        form.Check();
        var from = clock.GetUtcNow() - window;
        var counted = record.Of(_ => true).Where(whistle => whistle.At > from).ToList();
        return Results.Json(
            new ProposalsView(from, counted.Count, counted.Count(whistle => whistle.TookProposal), [..
                from matter in counted.GroupBy(whistle => whistle.Matter)
                orderby matter.Key.Text
                select new MatterProposalsView(matter.Key.Text, matter.Count(), matter.Count(whistle => whistle.TookProposal))]),
            ContractJson.Types.ProposalsView);
    }

    private static TimeSpan Window(Form form, int weeks)
    {
        form.Number("?weeks", weeks, 1, MostWeeks);
        return TimeSpan.FromDays(7 * Math.Clamp(weeks, 1, MostWeeks));
    }

    private static void RequireDistrict(Form form, DistrictCode district, CityPack pack)
    {
        if (pack.Territory.Districts.ContainsKey(district))
            return;
        form.Wrong("?district", "unknown-district", "This city has no such district.", "本市没有该区。",
            [.. pack.Territory.Districts.Keys.Select(code => code.Text).Order(StringComparer.Ordinal)]);
        form.Check();
    }

    private static FindingView? View(Finding? finding) =>
        finding is null ? null : new FindingView(finding.Expected, finding.Chance, finding.ByChance);
}
