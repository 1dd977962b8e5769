using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Records;
using WhistleActors.Contract;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Loads;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Live;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Departments;

/// <summary>Departments and how many whistles want them now.</summary>
internal static class DepartmentEndpoints
{
    internal static void MapDepartments(this RouteGroupBuilder api)
    {
        api.MapGet("/departments", List).WithTags("Departments")
            .WithSummary("All departments with their crews. 全部部门及其力量。").Produces<IReadOnlyList<DepartmentView>>();
        api.MapGet("/departments/{department}/load", Load).WithTags("Departments")
            .WithSummary("How many whistles want a department now. 部门当前负荷。").Produces<LoadView>().ProducesRefusals(403, 404);
        api.MapGet("/departments/{department}/load/minutes", Minutes).WithTags("Departments")
            .WithSummary("A department's load minute by minute, and where it tends to. 部门负荷走势。").Produces<LoadMinutesView>().ProducesRefusals(400, 403, 404, 422);
        api.MapGet("/load", Loads).WithTags("Departments")
            .WithSummary("The loads that your boards show, of departments that were ever summoned. 本单位可见的各部门当前负荷。").Produces<IReadOnlyList<LoadView>>();
        api.MapGet("/load/districts", DistrictLoads).WithTags("Departments")
            .WithSummary("The loads of the districts that your boards show: the sum over a district's own departments. 本单位可见的各区当前负荷。").Produces<IReadOnlyList<DistrictLoadView>>();
        api.MapGet("/load/districts/{district}/minutes", DistrictMinutes).WithTags("Departments")
            .WithSummary("A district's load minute by minute, and where it tends to. 区负荷走势。").Produces<DistrictLoadMinutesView>().ProducesRefusals(400, 403, 404, 422);
    }

    private static IResult List(CityPack pack) => Results.Json<IReadOnlyList<DepartmentView>>(
        [.. pack.Departments.Values.OrderBy(department => department.Code.Text, StringComparer.Ordinal).Select(department => new DepartmentView(
            department.Code.Text,
            department.Bureau.Text,
            department.Name.ToText(),
            department.ShortName.ToText(),
            WireName<DepartmentKind>.Of(department.Kind),
            department.District?.Text,
            [.. pack.CrewsOf(department.Code).Select(crew => new CrewView(crew.Code.Text, crew.Name.ToText(), crew.Size, crew.PostedTo?.Text))]))],
        ContractJson.Types.IReadOnlyListDepartmentView);

    private static IResult Loads(LiveBoard board, HttpContext http, CityPack pack) => Results.Json<IReadOnlyList<LoadView>>(
        [.. board.Loads().Where(load => http.SeesLoadOf(DepartmentCode.Parse(load.Department), pack))], ContractJson.Types.IReadOnlyListLoadView);

    private static IResult DistrictLoads(LiveBoard board, HttpContext http, CityPack pack) => Results.Json<IReadOnlyList<DistrictLoadView>>(
        [.. board.DistrictLoads().Where(load => BoardScope.IsLoadShown(DistrictCode.Parse(load.District), http.Officer().Organisation, pack))],
        ContractJson.Types.IReadOnlyListDistrictLoadView);

    private static async Task<IResult> Load(string department, HttpContext http, CityPack pack, Actors.City city)
    {
        var code = Routes.Department(department);
        if (pack.PartyOf(code) is null)
            return Problems.Problems.Of(Refuse.UnknownDepartment(code));
        return http.SeesLoadOf(code, pack) ? Results.Json(await city.LoadOfAsync(code, http.RequestAborted), ContractJson.Types.LoadView) : BoardAccess.NotYours();
    }

    private static IResult Minutes(string department, HttpContext http, CityPack pack, CityLoads loads, TimeProvider clock, int? minutes = null)
    {
        var code = Routes.Department(department);
        var span = Span(minutes);
        if (!pack.Departments.ContainsKey(code))
            return Problems.Problems.Of(Refuse.UnknownDepartment(code));
        if (!http.SeesLoadOf(code, pack))
            return BoardAccess.NotYours();
        var (points, in30, in60) = Trend([code], span, loads, clock);
        return Results.Json(new LoadMinutesView(code.Text, points, in30, in60), ContractJson.Types.LoadMinutesView);
    }

    private static IResult DistrictMinutes(string district, HttpContext http, CityPack pack, CityLoads loads, TimeProvider clock, int? minutes = null)
    {
        var span = Span(minutes);
        if (!DistrictCode.TryParse(district, out var code) || !pack.Territory.Districts.ContainsKey(code))
            return Problems.Problems.Result(Problems.Problems.Of(
                404, "unknown-district", "This city has no such district.", "本市没有该区。", "The districts are at /api/v1/city.", "各区见 /api/v1/city。"));
        if (!BoardScope.IsLoadShown(code, http.Officer().Organisation, pack))
            return BoardAccess.NotYours();
        var (points, in30, in60) = Trend([.. loads.Departments.Where(department => pack.PartyOf(department)?.District == code)], span, loads, clock);
        return Results.Json(new DistrictLoadMinutesView(code.Text, points, in30, in60), ContractJson.Types.DistrictLoadMinutesView);
    }

    private static double Span(int? minutes)
    {
        var form = new Form();
        var span = form.Number("?minutes", minutes ?? 60, 1, LoadSeries.Memory.TotalMinutes);
        form.Check();
        return span;
    }

    private static (IReadOnlyList<LoadMinuteView> Minutes, double In30, double In60) Trend(DepartmentCode[] departments, double span, CityLoads loads, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var basis = loads.EveryMinute(departments, now - LoadForecast.Basis, now).Select(point => point.Load.Open).ToList();
        return ([.. loads.EveryMinute(departments, now.AddMinutes(-span), now).Select(point => new LoadMinuteView(
            point.Minute, point.Load.Open, point.Load.Summoned, point.Load.Signed, point.Load.Departed, point.Load.CheckedIn, point.Load.Reported,
            point.Load.Overdue, point.Load.Committed, point.Load.Queue))], After(30), After(60));

        double After(int ahead) => Math.Round(LoadForecast.After(basis, TimeSpan.FromMinutes(ahead)), 1);
    }
}
