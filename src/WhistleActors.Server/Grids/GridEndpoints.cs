using System.Collections.Immutable;
using WhistleActors.Actors.Records;
using WhistleActors.Actors.Views;
using WhistleActors.CityPacks;
using WhistleActors.Contract;
using WhistleActors.Contract.City;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Live;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.Problems;
using WhistleActors.Server.SignIn;
using WhistleLevel = WhistleActors.Domain.Whistles.WhistleLevel;
using WhistleChain = WhistleActors.Domain.Whistles.WhistleChain;
using WhistleOccasion = WhistleActors.Domain.Whistles.WhistleOccasion;

namespace WhistleActors.Server.Grids;

/// <summary>Grids: which one is where, what is open in it, whom its matters would summon, and blowing a whistle in it.</summary>
internal static class GridEndpoints
{
    internal static void MapGrids(this RouteGroupBuilder api)
    {
        var grids = api.MapGroup("/grids").WithTags("Grids");
        grids.MapGet("/locate", Locate)
            .WithSummary("Which grid is here. 某位置所在的网格。").Produces<GridView>().ProducesRefusals(400, 404, 422);
        grids.MapGet("/{grid}", Find)
            .WithSummary("A grid, and of its open whistles those that your boards show. 网格及其未结束的哨（本单位可见的）。").Produces<GridView>().ProducesRefusals(404);
        grids.MapGet("/{grid}/proposal", Propose)
            .WithSummary("Whom the duty list would summon for a matter. 职责清单对某事项建议召集的部门。").Produces<ProposalView>().ProducesRefusals(404, 409, 422);
        grids.MapPost("/{grid}/whistles", Blow)
            .WithSummary("Blow a whistle. 吹哨。").Accepts<BlowRequest>("application/json").Produces<WhistleView>(201).ProducesCommandRefusals();
    }

    private static async Task<IResult> Locate(HttpContext http, GridLocator locator, CityPack pack, Actors.City city, double? lon = null, double? lat = null, string? datum = null)
    {
        var form = new Form();
        var position = new Position(form.Number("?lon", lon, -180, 180), form.Number("?lat", lat, -90, 90), form.Choice<Domain.Geography.Datum>("?datum", datum));
        form.Check();
        return locator.Locate(position.ToWgs84()) is { } grid
            ? Results.Json(await View(grid, http, pack, city), ContractJson.Types.GridView)
            : Problems.Problems.Result(Problems.Problems.Of(
                404, "outside-the-city", "No grid of this city is there.", "该位置不在本市任何网格内。",
                "Check longitude, latitude (in this order) and datum.", "请核对经度、纬度（按此顺序）和坐标系。"));
    }

    private static async Task<IResult> Find(string grid, HttpContext http, CityPack pack, Actors.City city) =>
        Results.Json(await View(GridOf(grid, pack), http, pack, city), ContractJson.Types.GridView);

    private static IResult Propose(string grid, HttpContext http, CityPack pack, PrecedentBook book, TimeProvider clock, string? matter = null)
    {
        var place = GridOf(grid, pack);
        var form = new Form();
        var code = form.Code<MatterCode>("?matter", matter);
        form.Check();
        if (!pack.Matters.ContainsKey(code))
            return Problems.Problems.Of(Refuse.UnknownMatter(code));
        var proposal = DutyList.Propose(pack, code, place.District, pack.Calendar.DayOf(clock.GetUtcNow()), book.Now);
        if (DepartmentCode.TryParse(http.Officer().Organisation.Text, out var own) && pack.Departments.ContainsKey(own) && pack.Blowing.DepartmentsMay)
            proposal = DutyList.ProposeFor(own, proposal);
        return proposal.IsEmpty
            ? Problems.Problems.Of(Refuse.NoLeadProposed(code))
            : Results.Json(
                new ProposalView(grid, code.Text, [.. proposal.Select(summons => new ProposedSummonsView(
                    summons.Department.Text,
                    pack.Departments[summons.Department].Name.ToText(),
                    (Contract.Whistles.DutyRole)summons.Role,
                    summons.Basis,
                    summons.Backstop,
                    summons.Ruling?.ToView()))]),
                ContractJson.Types.ProposalView);
    }

    private static async Task<IResult> Blow(string grid, HttpContext http, CityPack pack, CommandPipeline pipeline)
    {
        var place = GridOf(grid, pack);
        var (request, body) = await CommandBody.ReadAsync<BlowRequest>(http);
        var form = new Form();
        var command = new BlowWhistle(
            form.Code<MatterCode>("/matter", request.Matter),
            form.Choice<WhistleOccasion>("/occasion", request.Occasion),
            form.Choice<WhistleLevel>("/level", request.Level),
            form.OptionalChoice<WhistleChain>("/chain", request.Chain) ?? WhistleChain.Enforcement,
            form.Text("/description", request.Description),
            request.Place is { } at ? form.Position("/place", at.Lon, at.Lat, at.Datum) : null,
            request.Summon is { } summon ? ReadSummon(summon, form) : null,
            form.OptionalText("/changedProposal", request.ChangedProposal),
            request.JointGrids is { } joint
                ? [.. joint.Take(1_000).Select((code, i) => form.Code<Domain.Territory.GridCode>($"/jointGrids/{i}", code))]
                : null,
            request.Exercise);
        form.Check();
        return await pipeline.RunAsync(http, place.Code, command, body);
    }

    internal static ImmutableArray<SummonedDepartment> ReadSummon(IReadOnlyList<SummonRequest> summon, Form form)
    {
        if (summon.Count == 0)
            form.Wrong("/summon", "empty", "Name at least the lead department, or leave the field out.", "请至少列出主责部门，或不填该字段。");
        return [.. summon.Take(1_000).Select((entry, i) => new SummonedDepartment(
            form.Code<DepartmentCode>($"/summon/{i}/department", entry?.Department),
            form.Choice<Domain.Matters.DutyRole>($"/summon/{i}/role", entry?.Role)))];
    }

    private static Domain.Territory.Grid GridOf(string text, CityPack pack) =>
        pack.Territory.Grids.GetValueOrDefault(Routes.Grid(text)) ?? throw new ProblemException(Problems.Problems.ProblemOf(Refuse.UnknownGrid(text)));

    private static async Task<GridView> View(Domain.Territory.Grid grid, HttpContext http, CityPack pack, Actors.City city)
    {
        var open = await city.OpenInGridAsync(grid.Code, http.RequestAborted);
        var inner = grid.Area.InnerPoint();
        return new GridView(
            grid.Code.Text,
            grid.Name.ToText(),
            grid.Community.Text,
            pack.Territory.Communities[grid.Community].Name.ToText(),
            grid.Subdistrict.Text,
            pack.Territory.Subdistricts[grid.Subdistrict].Name.ToText(),
            grid.District.Text,
            Geometry(grid.Area),
            [inner.Lon, inner.Lat],
            [.. open.Where(whistle => http.Sees(whistle, pack)).Select(whistle => whistle.ToView())]);
    }

    private static GeometryView Geometry(GeoArea area) =>
        new("MultiPolygon", [.. area.Polygons.Select(polygon => (IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>)[Ring(polygon.Shell), .. polygon.Holes.Select(Ring)])]);

    private static IReadOnlyList<IReadOnlyList<double>> Ring(ImmutableArray<LonLat> ring) => [.. ring.Select(point => (IReadOnlyList<double>)[point.Lon, point.Lat])];
}
