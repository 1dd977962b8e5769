using WhistleActors.Contract;
using WhistleActors.Contract.Plans;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Plans;

/// <summary>What if: simulations in virtual time, for command centres and administrators.</summary>
internal static class PlanEndpoints
{
    internal static void MapPlans(this RouteGroupBuilder api)
    {
        var plans = api.MapGroup("/plans").WithTags("Plans").ProducesRefusals(403);
        plans.AddEndpointFilter(async (context, next) => MayPlan(context.HttpContext.Officer()) ? await next(context) : NotYours());
        plans.MapGet("/scenarios", (Scenarios scenarios) => Results.Json<IReadOnlyList<ScenarioView>>([.. scenarios.All().Select(PlanViews.Of)], ContractJson.Types.IReadOnlyListScenarioView))
            .WithSummary("The plans that the server has. 推演方案。").Produces<IReadOnlyList<ScenarioView>>();
        plans.MapGet("/scenarios/{id}", (string id, Scenarios scenarios, CityPack pack) => scenarios.Find(id) is { } scenario
                ? Results.Json(ScenarioDetail.Of(scenario, pack), ContractJson.Types.ScenarioDetailView)
                : Unknown())
            .WithSummary("A scenario: the departments that its whistles can summon, and the crews and places to choose from. 推演方案：涉及的部门，可调派的力量和地点。").Produces<ScenarioDetailView>().ProducesRefusals(404);
        plans.MapPost("/", Begin)
            .WithSummary("Simulate a plan, or two and what is different, in virtual time. 推演一个计划，或比较两个。")
            .Accepts<PlanRequest>("application/json").Produces<PlanView>(202).ProducesRefusals(400, 413, 415, 422, 429);
        plans.MapGet("/{id}", (string id, HttpContext http, PlanDesk desk) => desk.Find(id, http.Officer()) is { } job ? Told(job) : Unknown())
            .WithSummary("How far a simulation is, and what came of it. 推演进度与结果。").Produces<PlanView>().ProducesRefusals(404);
        plans.MapDelete("/{id}", (string id, HttpContext http, PlanDesk desk) =>
            {
                if (desk.Find(id, http.Officer()) is not { } job)
                    return Unknown();
                job.Stop("asked");
                return Results.NoContent();
            })
            .WithSummary("Stop a simulation; what was done until then is reported. 停止推演。").Produces(204).ProducesRefusals(404);
    }

    private static async Task<IResult> Begin(HttpContext http, PlanRequestReader reader, PlanDesk desk)
    {
        var (asked, body) = await reader.ReadAsync(http);
        if (desk.Start(asked, http.Officer(), CommandPipeline.KeyOf(http, body)) is not { } job)
        {
            return Problems.Problems.Result(Problems.Problems.Of(
                429, "plans-busy", "Other simulations are running; this one has not begun.", "其他推演正在进行，本次未开始。",
                "Come back after the time in Retry-After, or stop one of your own.", "请在 Retry-After 所示时间后重试，或停止自己的推演。"));
        }

        http.Response.Headers.Location = $"/api/v1/plans/{job.Id}";
        return Told(job, 202);
    }

    // The command centre plans for its district and its neighbours; there is no planner's role of its own.
    private static bool MayPlan(Officer officer) => officer.Role is Role.Commander or Role.Administrator;

    private static IResult Told(PlanJob job, int status = 200) => Results.Json(job.Told(), ContractJson.Types.PlanView, statusCode: status);

    private static IResult NotYours() => Problems.Problems.Result(Problems.Problems.Of(
        403, "planning-not-yours", "Only a command centre or an administrator may run simulations.", "只有指挥中心或管理员可以推演。",
        "Sign in as a commander.", "请以指挥中心身份登录。"));

    private static IResult Unknown() => Problems.Problems.Result(Problems.Problems.Of(
        404, "unknown-plan", "There is no such scenario or simulation here.", "没有这个推演方案，或推演已不在此服务器上。",
        "See the list of scenarios; a simulation is gone after a while, and after a restart.", "可用的方案见清单；推演结果只保留一段时间，服务器重启后也会消失。"));
}

/// <summary>Puts planning into the host.</summary>
internal static class PlanHosting
{
    internal static void AddPlans(this IServiceCollection services, PlanSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<Scenarios>();
        services.AddSingleton<PlanRequestReader>();
        services.AddSingleton<PlanDesk>();
    }
}
