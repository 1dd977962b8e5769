using WhistleActors.Actors.Hosting;

namespace WhistleActors.Server.Health;

/// <summary>Tells whether the process lives, and whether it can serve.</summary>
internal static class HealthEndpoints
{
    internal static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Json(new Dictionary<string, string> { ["status"] = "live" }))
            .WithTags("Health").WithSummary("The process runs. 进程在运行。");
        app.MapGet("/health/ready", async (NodeHealth health, CancellationToken cancelled) =>
            {
                var checks = await health.CheckAsync(cancelled);
                var ready = checks.Values.All(trouble => trouble is null);
                return Results.Json(
                    new { status = ready ? "ready" : "not-ready", checks = checks.ToDictionary(check => check.Key, check => check.Value ?? "ok") },
                    statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            })
            .WithTags("Health").WithSummary("The node can serve. 节点可以提供服务。");
    }
}
