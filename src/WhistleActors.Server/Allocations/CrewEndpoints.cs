using WhistleActors.Contract.Allocations;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.Problems;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Allocations;

/// <summary>What dispatchers and command centres order of crews. An order given twice takes effect once; it is answered with 204 when it is stored.</summary>
internal static class CrewEndpoints
{
    private const int Reason = 500;
    private const int MostLevels = 3;

    internal static void MapCrews(this RouteGroupBuilder api)
    {
        var crew = api.MapGroup("/departments/{department}/crews/{crew}").WithTags("Crews");
        OfCrew<AssignCrewRequest>(crew, "/assign", "Tell a crew to go to a whistle, or to several on one trip. 派单，可合并。", (request, form, code) =>
        {
            form.AtMost("/then", request.Then?.Count ?? 0, CrewOrderRules.MostOnTrip - 1);
            return new AssignCrew(
                code,
                form.Code<WhistleId>("/whistle", request.Whistle),
                form.OptionalText("/reason", request.Reason, Reason),
                request.Then is { } then ? [.. then.Select((whistle, i) => form.Code<WhistleId>($"/then/{i}", whistle))] : null);
        });
        OfCrew<CrewReasonRequest>(crew, "/unassign", "Take an assignment back. 撤销派单。", (request, form, code) =>
            new UnassignCrew(code, form.OptionalText("/reason", request.Reason, Reason)));
        OfCrew<CrewDutyRequest>(crew, "/duty", "Say that a crew is at work or not, for a while. 上班、下班。", (request, form, code) =>
            new SetCrewDuty(
                code, request.OnDuty ?? form.Missing<bool>("/onDuty"), request.Until ?? form.Missing<DateTimeOffset>("/until"), form.OptionalText("/reason", request.Reason, Reason)));
        OfCrew<LendCrewRequest>(crew, "/lend", "Lend a crew to the same bureau of another district; the command centre does. 跨区借调。", (request, form, code) =>
            new LendCrew(
                code, form.Code<DepartmentCode>("/to", request.To), request.Until ?? form.Missing<DateTimeOffset>("/until"), form.Text("/reason", request.Reason, Reason)));
        OfCrew<CrewReasonRequest>(crew, "/return", "Call a lent crew back before its time. 召回借出力量。", (request, form, code) =>
            new ReturnCrew(code, form.OptionalText("/reason", request.Reason, Reason)));

        var department = api.MapGroup("/departments/{department}").WithTags("Crews");
        OfDepartment<AllocationModeRequest>(department, "PUT", "/allocation/mode", "Let the rule assign by itself, or only propose. 自动派单或仅建议。", (request, form) =>
            new SetAllocationMode(request.Automatic ?? form.Missing<bool>("/automatic")));
        OfDepartment<PriorityRequest>(department, "POST", "/priorities", "Let a whistle come sooner or later to its turn. 调整优先级。", (request, form) =>
            new PrioritiseSummons(
                form.Code<WhistleId>("/whistle", request.Whistle),
                (int)form.Number("/minutes", request.Minutes, -CrewOrderRules.MostPriority, CrewOrderRules.MostPriority),
                form.Text("/reason", request.Reason, Reason)));
        OfDepartment<ThrottleRequest>(department, "PUT", "/throttle", "Hold levels below an emergency back for a while; the command centre does. 限流。", (request, form) =>
        {
            form.AtMost("/levels", request.Levels?.Count ?? 0, MostLevels);
            var levels = (request.Levels ?? form.Missing<IReadOnlyList<string>>("/levels") ?? []).Select((level, i) => form.Choice<WhistleLevel>($"/levels/{i}", level)).ToList();

            // Whoever ends it need not say until when.
            var until = request.Until ?? (levels.Count == 0 ? default : form.Missing<DateTimeOffset>("/until"));
            return new ThrottleLevels([.. levels], until, form.Text("/reason", request.Reason, Reason));
        });
    }

    private static void OfCrew<TRequest>(RouteGroupBuilder group, string path, string summary, Func<TRequest, Form, CrewCode, CrewCommand> read)
        where TRequest : notnull =>
        Describe<TRequest>(summary, group.MapPost(path, (string department, string crew, HttpContext http, CityPack pack, Actors.City city) =>
        {
            var code = CrewCode.TryParse(crew, out var known) ? known : throw new ProblemException(Problems.Problems.Of(
                404, "unknown-crew", "The path names no crew.", "路径中没有力量代码。", "Choose a crew from the list of departments.", "请从部门清单中选择力量。"));
            return GiveAsync<TRequest>(department, http, pack, city, (request, form) => read(request, form, code));
        }));

    private static void OfDepartment<TRequest>(RouteGroupBuilder group, string method, string path, string summary, Func<TRequest, Form, CrewCommand> read)
        where TRequest : notnull =>
        Describe<TRequest>(summary, group.MapMethods(path, [method], (string department, HttpContext http, CityPack pack, Actors.City city) =>
            GiveAsync(department, http, pack, city, read)));

    private static void Describe<TRequest>(string summary, RouteHandlerBuilder route)
        where TRequest : notnull =>
        route.WithSummary(summary).Accepts<TRequest>("application/json").Produces(204).ProducesRefusals(400, 403, 404, 409, 413, 415, 422);

    private static async Task<IResult> GiveAsync<TRequest>(string department, HttpContext http, CityPack pack, Actors.City city, Func<TRequest, Form, CrewCommand> read)
        where TRequest : notnull
    {
        var code = Routes.Department(department);
        if (!pack.Departments.ContainsKey(code))
            return Problems.Problems.Of(Refuse.UnknownDepartment(code));
        var (request, _) = await CommandBody.ReadAsync<TRequest>(http);
        var form = new Form();
        var command = read(request, form);
        form.Check();
        return Problems.Problems.Result(await city.GiveCrewOrderAsync(code, new CrewOrder(command, http.Officer()), http.RequestAborted));
    }
}
