using System.Collections.Immutable;
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
using WhistleActors.Server.Commands;
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
            .WithSummary("The open whistles, from the live board. 未结束的哨。")
            .Produces<WhistlePage>().ProducesRefusals(403);
        whistles.MapGet("/{id}", Find)
            .WithSummary("One whistle with its summonses. 一个哨及其召集。")
            .Produces<WhistleView>().Produces(304).ProducesRefusals(404);
        whistles.MapGet("/{id}/trace", Trace)
            .WithSummary("The events of a whistle, in order, from the journal. 一个哨的全部事件。")
            .Produces<TraceView>().ProducesRefusals(404);

        whistles.MapBlowing();

        whistles.MapSummonsCommand<SignRequest>("sign", "Sign: the summons was received. 签收。", (_, _, whistle, department) =>
            new SignSummons(whistle, department));
        whistles.MapSummonsCommand<DepartRequest>("depart", "A crew is on the way. 出发。", (request, form, whistle, department) =>
            new Depart(whistle, department, form.OptionalCode<CrewCode>("/crew", request.Crew), request.ArrivesAt));
        whistles.MapSummonsCommand<CheckInRequest>("check-in", "Check in on the spot. 报到。", ReadCheckIn);
        whistles.MapSummonsCommand<OutcomeRequest>("outcome", "Report what became of the work. 报告处置结果。", ReadOutcome);
        whistles.MapClocks();
        whistles.MapLedgers();

        whistles.MapDossiers();
        whistles.MapWhistleCommand<AcceptRequest>("accept", "Accept a department's outcome. 接受结果。", (request, form, whistle) =>
            new AcceptOutcome(whistle, form.Code<DepartmentCode>("/department", request.Department)));
        whistles.MapWhistleCommand<VetoRequest>("veto", "Refuse a department's outcome; the work goes back. 否决结果。", (request, form, whistle) =>
            new VetoOutcome(whistle, form.Code<DepartmentCode>("/department", request.Department), form.Text("/reason", request.Reason)));
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

    private static ReportOutcome ReadOutcome(OutcomeRequest request, Form form, WhistleId whistle, DepartmentCode department) =>
        new(
            whistle,
            department,
            form.Choice<Domain.Whistles.OutcomeKind>("/kind", request.Kind),
            form.Text("/note", request.Note),
            request.Ledger is { } ledger ? ReadLedger(ledger, form) : null,
            request.Evidence is { } evidence ? ReadEvidence(evidence, form) : null);

    private static ImmutableArray<Evidence> ReadEvidence(IReadOnlyList<EvidenceRequest> evidence, Form form)
    {
        form.AtMost("/evidence", evidence.Count, 20);
        return [.. evidence.Select((item, i) => new Evidence(
            form.Sha256($"/evidence/{i}/sha256", item?.Sha256), form.OptionalText($"/evidence/{i}/caption", item?.Caption, Form.ShortText)))];
    }

    private static LedgerEntry ReadLedger(LedgerRequest ledger, Form form)
    {
        var milestones = ledger.Milestones ?? [];
        if (milestones.Count > 50)
            form.Wrong("/ledger/milestones", "too-many", "At most 50 milestones are allowed.", "最多 50 个节点。");
        return new LedgerEntry(
            form.Text("/ledger/reason", ledger.Reason),
            ledger.DueOn ?? form.Missing<DateOnly>("/ledger/dueOn"),
            form.Text("/ledger/responsible", ledger.Responsible, Form.ShortText),
            [.. milestones.Select((step, i) => new Milestone(
                step.On ?? form.Missing<DateOnly>($"/ledger/milestones/{i}/on"),
                form.Text($"/ledger/milestones/{i}/text", step.Text)))]);
    }

    // The cursor is the last id of the page before: whistles that come and go in between neither shift a page nor double an entry.
    private static IResult List(LiveBoard live, CityPack pack, HttpContext http, string? board = null, int? limit = null, string? cursor = null)
    {
        var form = new Form();
        var seen = BoardScope.SeenBy(http.Officer().Organisation, pack);
        var scope = board is null ? seen : BoardScope.Parse(board);
        if (scope is null && board is not null)
            form.Wrong("?board", "unknown-board", "There is no such board.", "没有这样的看板。", ["city", "district:{code}", "subdistrict:{code}", "department:{code}", "whistle:{id}"]);
        if (limit is not null)
            form.Number("?limit", limit, 1, MostPerPage);
        if (cursor is not null && !WhistleId.TryParse(cursor, out _))
            form.Wrong("?cursor", "unknown-cursor", "This cursor was not given out here.", "该游标无效。");
        form.Check();
        if (seen is null || scope?.For(seen, pack) is not { } shown)
            return Problems.Problems.Result(Problems.Problems.Of(
                403, "board-not-yours", "Your organisation does not see this board.", "贵单位无权查看该看板。", "Without 'board' you get what is yours.", "不带 board 参数即返回本单位可见的内容。"));

        var most = limit ?? 50;
        var page = live.OpenWhistles(shown)
            .SkipWhile(published => cursor is not null && string.CompareOrdinal(published.Whistle.Id.Text, cursor) <= 0)
            .Take(most + 1)
            .ToList();
        var next = page.Count > most ? page[most - 1].Whistle.Id.Text : null;
        return Results.Json(new WhistlePage([.. page.Take(most).Select(published => published.Whistle.ToView())], next), ContractJson.Types.WhistlePage);
    }

    private static async Task<IResult> Find(string id, HttpContext http, Actors.City city)
    {
        var whistle = Routes.Whistle(id);
        var found = await city.FindWhistleAsync(whistle, http.RequestAborted);
        if (found is null)
            return Problems.Problems.Of(Refuse.UnknownWhistle(id));
        var tag = CommandPipeline.ETag(found.Whistle.Version);
        http.Response.Headers.ETag = tag;
        return IsHeld(http, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : CommandPipeline.Json(found);
    }

    // Compared as RFC 9110 wants it for reading: a list counts, and so does a tag that a proxy has made weak.
    private static bool IsHeld(HttpContext http, string tag) =>
        http.Request.GetTypedHeaders().IfNoneMatch.Any(held => held.Tag == tag || held.Equals(EntityTagHeaderValue.Any));

    private static async Task<IResult> Trace(string id, HttpContext http, CaseReader cases)
    {
        if (await cases.ReadAsAnybodyAsync(Routes.Whistle(id), http.Officer(), http.RequestAborted) is not { } read)
            return Problems.Problems.Of(Refuse.UnknownWhistle(id));
        return Results.Json(
            new TraceView(id, [.. read.Events.Select((entry, index) => new TraceEventView(
                index + 1,
                entry.Sequence,
                StoredForm.ManifestOf(entry.Event),
                entry.Event.At,
                entry.Event.By?.ToView(),
                StoredForm.ToJson(entry.Event)))]),
            ContractJson.Types.TraceView);
    }
}
