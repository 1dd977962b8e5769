using WhistleActors.Actors.Gates;
using WhistleActors.Actors.Hosting;
using WhistleActors.Domain.Codes;

namespace WhistleActors.Server.Health;

/// <summary>Tells whether the process lives, and whether it can serve.</summary>
internal static class HealthEndpoints
{
    internal static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Json(new Dictionary<string, string> { ["status"] = "live" }))
            .WithTags("Health").WithSummary("The process runs. 进程在运行。");
        app.MapGet("/health/ready", async (NodeHealth health, CityGates gates, CancellationToken cancelled) =>
            {
                var checks = await health.CheckAsync(cancelled);
                var ready = checks.Values.All(trouble => trouble is null);
                return Results.Json(
                    new
                    {
                        status = ready ? "ready" : "not-ready",
                        checks = checks.ToDictionary(check => check.Key, check => check.Value ?? "ok"),
                        // A node that turns some away does its best, and is ready: taken out of service it would do less.
                        gates = gates.All.ToDictionary(gate => gate.Name, gate => Shown(gate.Gate.Figures)),
                        members = health.Members,
                    },
                    statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            })
            .WithTags("Health").WithSummary("The node can serve. 节点可以提供服务。");
    }

    private static object Shown(GateFigures figures) =>
        new { state = WireName<GateState>.Of(figures.State), inside = figures.Inside, waiting = figures.Waiting, turnedAway = figures.TurnedAway };
}
