using Microsoft.Net.Http.Headers;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Views;
using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Alerts;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Live;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Whistles;

/// <summary>Everything that happens to a whistle after it was blown, and the reading of it.</summary>
internal static class WhistleEndpoints
{
    private const int MostPerPage = 200;

    internal static void MapWhistles(this RouteGroupBuilder api)
    {
        var whistles = api.MapGroup("/whistles").WithTags("Whistles");
        whistles.MapGet("/", List)
            .WithSummary("The open whistles, from the live board; with ledgers=true those that were closed while a ledger entry runs on. 未结束的哨；ledgers=true 时为已办结但台账未销的哨。")
            .Produces<WhistlePage>().ProducesRefusals(400, 403, 422);
        whistles.MapGet("/{id}", Find)
            .WithSummary("One whistle with its summonses. 一个哨及其召集。")
            .Produces<WhistleView>().Produces(304).ProducesRefusals(403, 404);
        whistles.MapGet("/{id}/trace", Trace)
            .WithSummary("The events of a whistle, in order, from the journal; with alerts=true also every attempt to reach its departments. 一个哨的全部事件，可含全部提醒记录。")
            .Produces<TraceView>().ProducesRefusals(400, 403, 404);

        whistles.MapBlowing();

        whistles.MapSummonsCommand<SignRequest>("sign", "Sign: the summons was received. 签收。", (_, _, whistle, department) =>
            new SignSummons(whistle, department));
        whistles.MapSummonsCommand<DepartRequest>("depart", "A crew is on the way. 出发。", (request, form, whistle, department) =>
            new Depart(whistle, department, form.OptionalCode<CrewCode>("/crew", request.Crew), request.ArrivesAt));
        whistles.MapSummonsCommand<RecallRequest>("recall", "Call back a crew that has set out and not arrived. 召回途中力量。", (request, form, whistle, department) =>
            new RecallCrew(whistle, department, form.Text("/reason", request.Reason), form.OptionalCode<WhistleId>("/for", request.For)));
        whistles.MapSummonsCommand<CheckInRequest>("check-in", "Check in on the spot. 报到。", ReadCheckIn);
        whistles.MapOutcomes();
        whistles.MapClocks();
        whistles.MapLedgers();

        whistles.MapDossiers();
        whistles.MapPresence();
        whistles.MapDisputes();
        whistles.MapWhistleCommand<WithdrawRequest>("withdraw", "Take the whistle back. 撤回。", (request, form, whistle) =>
            new WithdrawWhistle(whistle, form.Text("/reason", request.Reason)));
        whistles.MapWhistleCommand<CloseRequest>("close", "Close the whistle. 办结。", (request, form, whistle) =>
            new CloseWhistle(whistle, form.OptionalText("/note", request.Note)));
        whistles.MapConferences();
        whistles.MapRounds();
    }

    private static CheckInCrew ReadCheckIn(CheckInRequest request, Form form, WhistleId whistle, DepartmentCode department)
    {
        PositionFix? fix = null;
        if (request.Position is { } given)
        {
            var measuredAt = given.MeasuredAt ?? form.Missing<DateTimeOffset>("/position/measuredAt");
            var accuracy = given.AccuracyMetres is null ? 0 : form.Number("/position/accuracyMetres", given.AccuracyMetres, 0, 1_000_000);
            fix = new PositionFix(form.Position("/position", given.Lon, given.Lat, given.Datum), accuracy, measuredAt);
        }

        var witness = request.Witness is { } by
            ? new Witness(form.Text("/witness/name", by.Name, Form.ShortText), form.Code<OrganisationCode>("/witness/organisation", by.Organisation))
            : null;
        if (request.Headcount is { } headcount)
            form.Number("/headcount", headcount, 1, 10_000);
        return new CheckInCrew(
            whistle, department, fix, witness, form.OptionalCode<CrewCode>("/crew", request.Crew), request.Headcount, PresenceEndpoints.ReadPersons(request, form));
    }

    // The cursor is the last id of the page before: whistles that come and go in between neither shift a page nor double an entry.
    private static IResult List(LiveBoard live, CityPack pack, HttpContext http, string? board = null, int? limit = null, string? cursor = null, bool ledgers = false)
    {
        var form = new Form();
        var seen = BoardScope.SeenBy(http.Officer().Organisation, pack);
        var scope = board is null ? seen : BoardScope.Parse(board);
        BoardAccess.Require(board, form);
        if (limit is not null)
            form.Number("?limit", limit, 1, MostPerPage);
        if (cursor is not null && !WhistleId.TryParse(cursor, out _))
            form.Wrong("?cursor", "unknown-cursor", "This cursor was not given out here.", "该游标无效。");
        form.Check();
        if (seen is null || scope?.For(seen, pack) is not { } shown)
            return BoardAccess.NotYours();

        var most = limit ?? 50;
        var page = (ledgers ? live.LedgeredWhistles(shown) : live.OpenWhistles(shown))
            .SkipWhile(published => cursor is not null && string.CompareOrdinal(published.Whistle.Id.Text, cursor) <= 0)
            .Take(most + 1)
            .ToList();
        var next = page.Count > most ? page[most - 1].Whistle.Id.Text : null;
        return Results.Json(new WhistlePage([.. page.Take(most).Select(published => published.Whistle.ToView())], next), ContractJson.Types.WhistlePage);
    }

    private static async Task<IResult> Find(string id, HttpContext http, CityPack pack, Actors.City city)
    {
        var whistle = Routes.Whistle(id);
        var found = await city.FindWhistleAsync(whistle, http.RequestAborted);
        if (found is null)
            return Problems.Problems.Of(Refuse.UnknownWhistle(id));
        if (!http.Sees(found.Whistle, pack))
            return BoardAccess.NotYours();
        var tag = CommandPipeline.ETag(found.Whistle.Version);
        http.Response.Headers.ETag = tag;
        return IsHeld(http, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : CommandPipeline.Json(found);
    }

    // Compared as RFC 9110 wants it for reading: a list counts, and so does a tag that a proxy has made weak.
    private static bool IsHeld(HttpContext http, string tag) =>
        http.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Tag == tag || held.Equals(EntityTagHeaderValue.Any));

    private static async Task<IResult> Trace(string id, HttpContext http, CaseReader cases, CityPack pack, Actors.City city, bool alerts = false)
    {
        if (await cases.ReadAsAnybodyAsync(Routes.Whistle(id), http.Officer(), http.RequestAborted) is not { } read)
            return Problems.Problems.Of(Refuse.UnknownWhistle(id));
        if (!http.Sees(read.Whistle, read.Access, pack))
            return BoardAccess.NotYours();
        var attempts = alerts && await city.FindWhistleAsync(Routes.Whistle(id), http.RequestAborted) is { Whistle: var whistle } ? await whistle.AttemptsAsync(city, http.RequestAborted) : null;
        return Results.Json(
            new TraceView(id, [.. read.Events.Select((entry, index) => new TraceEventView(
                index + 1,
                entry.Sequence,
                StoredForm.ManifestOf(entry.Event),
                entry.Event.At,
                entry.Event.By?.ToView(),
                StoredForm.ToJson(entry.Event)))], attempts),
            ContractJson.Types.TraceView);
    }
}
