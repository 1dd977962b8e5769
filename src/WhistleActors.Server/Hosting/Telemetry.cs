using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WhistleActors.Actors.Operations;

namespace WhistleActors.Server.Hosting;

/// <summary>Metrics for whoever asks, and traces for the collector that the deployment names.</summary>
internal static class Telemetry
{
    private const string Service = "whistle-actors";

    // OpenTelemetry's own names, as its SDK reads them: also which protocol, which headers, and which share of all traces (OTEL_TRACES_SAMPLER).
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    internal static void AddTelemetry(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("Akka*", "WhistleActors.*").AddPrometheusExporter());
        if (!Endpoints.Any(name => builder.Configuration[name] is { Length: > 0 }))
            return;
        telemetry
            .ConfigureResource(resource => resource.AddService(Service, serviceInstanceId: $"{settings.Node.Host}:{settings.Node.Port}"))
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(http => http.Filter = IsWork).AddSource(CityTrace.Name).AddOtlpExporter());
    }

    // Who looks whether all is well is no work, and a screen's connection lasts for days.
    private static bool IsWork(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}
