using WhistleActors.Actors.Reports;
using WhistleActors.Contract;
using WhistleActors.Contract.Reports;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Grids;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.Problems;
using WhistleActors.Server.SignIn;
using WhistleActors.Server.Whistles;
using ReportSource = WhistleActors.Domain.Reports.ReportSource;

namespace WhistleActors.Server.Reports;

/// <summary>What other networks tell (多网融合), and what becomes of it.</summary>
internal static class ReportEndpoints
{
    private const int MostPerPage = 200;
    private const int NumberText = 64;
    private const int AddressText = 200;

    internal static void MapReports(this RouteGroupBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapPost("/", Receive)
            .WithSummary("Take in a report; the same source and number is the same report. 接收来件。")
            .Accepts<ReportRequest>("application/json").Produces<ReportView>(201).Produces<ReportView>(200).ProducesRefusals(400, 403, 404, 413, 415, 422, 429);
        reports.MapPost("/import", Import)
            .WithSummary("Take in the CSV export of a hotline, in UTF-8 or GBK, row by row. 导入热线工单。")
            .Accepts<byte[]>("text/csv", "application/octet-stream", "*/*").Produces<ImportView>().ProducesRefusals(400, 403, 413, 422);
        reports.MapGet("/", List)
            .WithSummary("The open reports of a desk: a subdistrict's to decide, a district's or the city's to place. 待处理的来件。")
            .Produces<ReportPage>().ProducesRefusals(400, 403, 404, 422);
        reports.MapGet("/{id}", Find)
            .WithSummary("A report and what became of it; for who decides, the command centre and the source. 来件及其处理情况。")
            .Produces<ReportView>().ProducesRefusals(403, 404);
        reports.MapReportCommand<PlaceReportRequest>("place", "Say in which grid a report is. 落格。", (request, form, id, _) => Task.FromResult<ReportCommand>(new PlaceReport(
            id,
            form.Code<GridCode>("/grid", request.Grid),
            request.Place is { } at ? form.Position("/place", at.Lon, at.Lat, at.Datum) : null)));
        reports.MapReportCommand<WhistleReportRequest>("whistle", "Blow a whistle for a report. 为来件吹哨。", ReadWhistle);
        reports.MapReportCommand<MergeReportRequest>("merge", "Add a report to an open whistle of its subdistrict. 并入已有的哨。", ReadMerge);
        reports.MapReportCommand<DismissReportRequest>("dismiss", "Do nothing about a report, for a reason. 不予吹哨。", (request, form, id, _) =>
            Task.FromResult<ReportCommand>(new DismissReport(id, form.Text("/reason", request.Reason, 500))));
    }

    private static void MapReportCommand<TRequest>(
        this RouteGroupBuilder group, string name, string summary, Func<TRequest, Form, ReportId, HttpContext, Task<ReportCommand>> read)
        where TRequest : notnull =>
        group.MapPost($"/{{id}}/{name}", async (string id, HttpContext http, Actors.City city, ReportReader reader) =>
            {
                var report = IdOf(id);
                var (request, _) = await CommandBody.ReadAsync<TRequest>(http);
                var form = new Form();
                var command = await read(request, form, report, http);
                form.Check();
                await GiveAsync(city, report.Desk, new ReportOrder(command, http.Officer()), http.RequestAborted);
                return Answer(await reader.ReadAsync(report, http.Officer(), http.RequestAborted));
            })
            .WithSummary(summary).Accepts<TRequest>("application/json").Produces<ReportView>().ProducesRefusals(400, 403, 404, 409, 413, 415, 422, 429);

    private static async Task<IResult> Receive(HttpContext http, Actors.City city, CityPack pack, ReportPlacing placing, ReportReader reader)
    {
        var (request, _) = await CommandBody.ReadAsync<ReportRequest>(http);
        var form = new Form();
        var (source, number) = (form.Choice<ReportSource>("/source", request.Source), form.Text("/number", request.Number, NumberText));
        var (title, text) = (form.Text("/title", request.Title, Form.ShortText), form.Text("/text", request.Text));
        var matter = form.OptionalCode<MatterCode>("/matter", request.Matter);
        var place = request.Place is { } at ? form.Position("/place", at.Lon, at.Lat, at.Datum) : (Domain.Geography.Position?)null;
        var grid = form.OptionalCode<GridCode>("/grid", request.Grid);
        var subdistrict = form.OptionalCode<SubdistrictCode>("/subdistrict", request.Subdistrict);
        var district = form.OptionalCode<DistrictCode>("/district", request.District);
        var address = form.OptionalText("/address", request.Address, AddressText);
        var caller = request.Caller is { } who
            ? new Caller(form.OptionalText("/caller/name", who.Name, Form.ShortText), DossierEndpoints.ReadPhone("/caller/phone", who.Phone, form))
            : null;
        if (grid is { } cell && !pack.Territory.Grids.ContainsKey(cell))
            form.Wrong("/grid", "unknown-grid", "There is no such grid in this city.", "本市没有该网格。");
        if (subdistrict is { } street && !pack.Territory.Subdistricts.ContainsKey(street))
            form.Wrong("/subdistrict", "unknown-subdistrict", "There is no such subdistrict in this city.", "本市没有该街乡。");
        if (district is { } whole && !pack.Territory.Districts.ContainsKey(whole))
            form.Wrong("/district", "unknown-district", "There is no such district in this city.", "本市没有该区。");
        form.Check();
        if (matter is { } code && !pack.Matters.ContainsKey(code))
            return Problems.Problems.Of(Refuse.UnknownMatter(code));

        var point = place?.ToWgs84();
        var (desk, found) = placing.Find(point, grid, subdistrict, district);
        var content = new ReportContent(source, number, title, text, request.OccurredAt, matter, found, point, address, caller);
        var accepted = await GiveAsync(city, desk, new ReportOrder(new ReceiveReport(content), http.Officer()), http.RequestAborted);
        http.Response.Headers.Location = $"/api/v1/reports/{accepted.Id}";
        return Answer(await reader.ReadAsync(accepted.Id, http.Officer(), http.RequestAborted), accepted.Changed ? 201 : 200);
    }

    private static async Task<IResult> Import(HttpContext http, ReportImport import, string? source = null)
    {
        var form = new Form();
        var from = form.OptionalChoice<ReportSource>("?source", source) ?? ReportSource.Hotline;
        form.Check();

        if (http.Request.ContentLength > ReportImport.MostBytes)
            throw TooLarge();
        using var file = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = -1; read != 0;)
        {
            read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted);
            if (file.Length + read > ReportImport.MostBytes)
                throw TooLarge();
            file.Write(buffer, 0, read);
        }

        return Results.Json(await import.RunAsync(file.ToArray(), from, http.Officer(), http.RequestAborted), ContractJson.Types.ImportView);

        static ProblemException TooLarge() => new(Problems.Problems.Of(
            413, "file-too-large", $"The file is larger than {ReportImport.MostBytes / 1024 / 1024} MiB.", $"文件超过 {ReportImport.MostBytes / 1024 / 1024} MiB。", "Split it.", "请拆分后导入。"));
    }

    private static async Task<IResult> List(HttpContext http, ReportReader reader, string? desk = null, int? limit = null, string? cursor = null)
    {
        var form = new Form();
        var code = form.Code<DeskCode>("?desk", desk);
        if (limit is not null)
            form.Number("?limit", limit, 1, MostPerPage);
        if (cursor is not null && !ReportId.TryParse(cursor, out _))
            form.Wrong("?cursor", "unknown-cursor", "This cursor was not given out here.", "该游标无效。");
        form.Check();
        var most = limit ?? 50;
        var open = await reader.OpenAsync(code, http.Officer(), http.RequestAborted);

        // In the order of their ids, so that one that goes in between neither shifts a page nor doubles an entry.
        var page = open.OrderBy(report => report.Id.Desk.Text, StringComparer.Ordinal).ThenBy(report => report.Id.Number)
            .SkipWhile(report => cursor is not null && !IsAfter(report.Id, ReportId.Parse(cursor)))
            .Take(most + 1)
            .ToList();
        return Results.Json(
            new ReportPage([.. page.Take(most).Select(ReportReader.Brief)], page.Count > most ? page[most - 1].Id.Text : null), ContractJson.Types.ReportPage);

        static bool IsAfter(ReportId id, ReportId last) =>
            string.CompareOrdinal(id.Desk.Text, last.Desk.Text) is var order && (order > 0 || (order == 0 && id.Number > last.Number));
    }

    private static async Task<IResult> Find(string id, HttpContext http, ReportReader reader) =>
        Answer(await reader.ReadAsync(IdOf(id), http.Officer(), http.RequestAborted));

    private static async Task<ReportCommand> ReadWhistle(WhistleReportRequest request, Form form, ReportId id, HttpContext http)
    {
        var report = await http.RequestServices.GetRequiredService<ReportReader>().ReadAsync(id, http.Officer(), http.RequestAborted);
        var matter = form.OptionalCode<MatterCode>("/matter", request.Matter ?? report.Matter);
        if (matter is null)
            form.Missing<string>("/matter");
        return new WhistleReport(id, new BlowWhistle(
            matter ?? default,
            form.OptionalChoice<WhistleOccasion>("/occasion", request.Occasion) ?? WhistleOccasion.PublicDemand,
            form.OptionalChoice<WhistleLevel>("/level", request.Level) ?? WhistleLevel.Daily,
            form.OptionalChoice<WhistleChain>("/chain", request.Chain) ?? WhistleChain.Enforcement,
            form.Text("/description", request.Description ?? report.Title),
            report.Place is { } place ? new Domain.Geography.Position(place.Lon, place.Lat, Domain.Geography.Datum.Wgs84) : null,
            request.Summon is { } summon ? GridEndpoints.ReadSummon(summon, form) : null,
            form.OptionalText("/changedProposal", request.ChangedProposal)));
    }

    private static async Task<ReportCommand> ReadMerge(MergeReportRequest request, Form form, ReportId id, HttpContext http)
    {
        var whistle = form.Code<WhistleId>("/whistle", request.Whistle);
        form.Check();
        var report = await http.RequestServices.GetRequiredService<ReportReader>().ReadAsync(id, http.Officer(), http.RequestAborted);
        var found = (await http.RequestServices.GetRequiredService<Actors.City>().FindWhistleAsync(whistle, http.RequestAborted))?.Whistle
            ?? throw ReportReader.Refused(Refuse.UnknownWhistle(whistle.Text));
        if (found.Subdistrict.Text != report.Subdistrict)
            throw ReportReader.Refused(ReportRefusals.WhistleElsewhere(found.Subdistrict));
        return found.Ending is { } ending ? throw ReportReader.Refused(Refuse.WhistleNotOpen(ending.Stage, ending.At)) : new MergeReport(id, whistle);
    }

    private static async Task<ReportAccepted> GiveAsync(Actors.City city, DeskCode desk, ReportOrder order, CancellationToken cancelled) =>
        await city.GiveReportOrderAsync(desk, order, cancelled) switch
        {
            ReportAccepted accepted => accepted,
            ReportRefused refused => throw ReportReader.Refused(refused.Refusal),
            _ => throw new ProblemException(Problems.Problems.Of(
                503, "not-stored", "The command could not be stored; nothing has changed.", "命令未能存储，没有任何改变。", "Send it again.", "请重试。")),
        };

    private static IResult Answer(ReportView report, int status = 200) => Results.Json(report, ContractJson.Types.ReportView, statusCode: status);

    private static ReportId IdOf(string text) =>
        ReportId.TryParse(text, out var id) ? id : throw ReportReader.Refused(ReportRefusals.Unknown(text));
}

/// <summary>Puts the intake of reports into the host.</summary>
internal static class ReportHosting
{
    internal static void AddReports(this IServiceCollection services)
    {
        services.AddSingleton<ReportPlacing>();
        services.AddSingleton<ReportReader>();
        services.AddSingleton<ReportImport>();
    }
}
