using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Views;
using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;

namespace WhistleActors.Server.Whistles;

/// <summary>How a whistle comes to sound: looking before, approving, joining, merging.</summary>
internal static class BlowingEndpoints
{
    private const double UsualMetres = 500;
    private const int MostNearby = 50;
    private const int ReportText = 300;

    internal static void MapBlowing(this RouteGroupBuilder whistles)
    {
        whistles.MapGet("/nearby", Nearby)
            .WithSummary("Open whistles nearby, or of the same matter in the subdistrict, nearest first: look before you blow. 附近或同事项的未结束的哨。")
            .Produces<NearbyView>().ProducesRefusals(400, 404, 422);
        whistles.MapWhistleCommand<ApproveRequest>("approve", "Approve a whistle whose level needs it. 审批。", (_, _, whistle) => new ApproveWhistle(whistle));
        whistles.MapWhistleCommand<RejectRequest>("reject", "Refuse the approval. 不予批准。", (request, form, whistle) =>
            new RejectWhistle(whistle, form.Text("/reason", request.Reason)));
        whistles.MapWhistleCommand<JoinRequest>("join", "Join a whistle across the boundary. 加入联合吹哨。", (_, _, whistle) => new JoinWhistle(whistle));
        whistles.MapWhistleCommand<DeclineRequest>("decline", "Decline to join. 谢绝联合吹哨。", (request, form, whistle) =>
            new DeclineWhistle(whistle, form.Text("/reason", request.Reason)));
        whistles.MapWhistleCommand<AddReportRequest>("reports", "Add a report of the same thing. 并入反映。", (request, form, whistle) => new AddReport(
            whistle,
            form.Text("/description", request.Description, ReportText),
            request.Place is { } at ? form.Position("/place", at.Lon, at.Lat, at.Datum) : null));
        whistles.MapWhistleCommand<MergeRequest>("merge", "End a whistle in another one of its grid. 并哨。", (request, form, whistle) =>
            new MergeWhistle(whistle, form.Code<WhistleId>("/into", request.Into), form.Text("/reason", request.Reason)));
    }

    private static IResult Nearby(
        LiveBoard board, CityPack pack, string? grid = null, string? matter = null, double? lon = null, double? lat = null, double? metres = null)
    {
        var form = new Form();
        var code = form.Code<GridCode>("?grid", grid);
        var same = form.OptionalCode<MatterCode>("?matter", matter);
        var within = metres is null ? UsualMetres : form.Number("?metres", metres, 1, 5_000);
        LonLat? given = lon is null && lat is null ? null : new LonLat(form.Number("?lon", lon, -180, 180), form.Number("?lat", lat, -90, 90));
        form.Check();
        if (pack.Territory.Grids.GetValueOrDefault(code) is not { } here)
            return Problems.Problems.Of(Refuse.UnknownGrid(grid!));
        if (same is { } known && !pack.Matters.ContainsKey(known))
            return Problems.Problems.Of(Refuse.UnknownMatter(known));

        var point = given ?? here.Area.InnerPoint();
        var found =
            from published in board.OpenWhistles(BoardScope.City)
            let whistle = published.Whistle
            let distance = PlaceOf(whistle, pack) is { } place ? point.MetresTo(place) : double.PositiveInfinity
            let isSame = whistle.Matter == same
            where distance <= within || (isSame && whistle.Subdistrict == here.Subdistrict && double.IsFinite(distance))
            orderby distance
            select whistle.ToNearby(Math.Round(distance, 1), isSame);
        return Results.Json(new NearbyView([.. found.Take(MostNearby)]), ContractJson.Types.NearbyView);
    }

    private static LonLat? PlaceOf(Whistle whistle, CityPack pack) =>
        whistle.Place ?? pack.Territory.Grids.GetValueOrDefault(whistle.Id.Grid)?.Area.InnerPoint();
}
