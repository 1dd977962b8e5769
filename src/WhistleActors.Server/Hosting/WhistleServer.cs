using System.Net;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Gates;
using WhistleActors.Actors.Hosting;
using WhistleActors.CityPacks;
using WhistleActors.Contract;
using WhistleActors.Contract.SignIn;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Travel;
using WhistleActors.Server.Alerts;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Allocations;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.CaseFiles;
using WhistleActors.Server.City;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Departments;
using WhistleActors.Server.Grids;
using WhistleActors.Server.Health;
using WhistleActors.Server.Live;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.Plans;
using WhistleActors.Server.Problems;
using WhistleActors.Server.Records;
using WhistleActors.Server.Reports;
using WhistleActors.Server.SignIn;
using WhistleActors.Server.Whistles;

namespace WhistleActors.Server.Hosting;

/// <summary>Puts the server together.</summary>
public static class WhistleServer
{
    // What the kernel holds for a socket that is slow: left to itself it takes megabytes, in which a screen would see the past go by.
    private const int KernelSendBuffer = 128 * 1024;

    private static readonly TimeSpan PatienceForNames = TimeSpan.FromMinutes(5);

    /// <summary>Runs the server until it is told to stop.</summary>
    /// <returns>0 after a normal end, 1 when the settings or the city pack are refused.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var settings = ServerSettings.Read(args);
            var pack = CityPackReader.Read(settings.CityPack) switch
            {
                CityPackReading.Loaded loaded => loaded.Pack,
                CityPackReading.Refused refused => throw new SettingsException(
                    $"The city pack {settings.CityPack} is refused:{Environment.NewLine}{string.Join(Environment.NewLine, refused.Faults)}"),
                var other => throw new InvalidOperationException($"Unknown reading {other}."),
            };
            if (settings.SeedName is { } name)
                settings = settings with { Node = settings.Node with { Seeds = await FindSeedsAsync(name) } };
            await using var app = Build(args, settings, pack);
            await app.RunAsync();
            return 0;
        }
        catch (SettingsException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }

    private static async Task<IReadOnlyList<string>> FindSeedsAsync(SeedName name)
    {
        using var patience = new CancellationTokenSource(PatienceForNames);
        try
        {
            return await name.ResolveAsync(Dns.GetHostAddressesAsync, TimeProvider.System, patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SettingsException(
                $"WHISTLE_SEEDS_DNS: {name.Name} did not come to {name.Least} addresses within {PatienceForNames.TotalMinutes:F0} minutes. "
                + $"{name.Name} 在 {PatienceForNames.TotalMinutes:F0} 分钟内未解析出 {name.Least} 个地址。");
        }
    }

    /// <summary>Builds the server.</summary>
    /// <param name="adjust">What a test puts in the place of the real thing, such as the clock.</param>
    public static WebApplication Build(string[] args, ServerSettings settings, CityPack pack, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = settings.Pages,
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = CommandBody.MostBytes;
            kestrel.ListenOnLoopbackOnly();
        });
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = address =>
        {
            var listener = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
            if (address is IPEndPoint)
                listener.SendBufferSize = KernelSendBuffer;
            return listener;
        });
        builder.Logging.AddConsole(settings.Log);
        builder.Services.AddCityClock(settings.Storage);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<IHostLifetime, LeaveInOrder>();
        builder.Services.AddSingleton(settings.Gates);
        builder.Services.AddSingleton(settings.Archive);
        builder.Services.AddWhistleActors(pack, settings.Storage, settings.Node, settings.Hocon);
        builder.Services.AddAlertChannels(settings.Alerts);
        builder.Services.AddSingleton(new GridLocator(pack.Territory));
        builder.Services.AddSingleton<CityDocuments>();
        builder.Services.AddSingleton<CommandPipeline>();
        builder.Services.AddSingleton<CaseReader>();
        builder.Services.AddAttachments(settings.Attachments);
        builder.Services.AddReports();
        builder.Services.AddPlans(settings.Plans);
        builder.Services.AddSingleton<CityPlaces>();
        builder.Services.AddSingleton<ITravel>(provider => new StraightLineTravel(provider.GetRequiredService<CityPack>().Travel));
        builder.Services.AddDevelopmentTokens(settings.SigningKey);
        builder.Services.AddAuthorization();
        builder.Services.AddResponseCompression(options => options.MimeTypes = ["application/json", "application/geo+json", "text/html", "text/css", "text/javascript"]);

        // The API document is written with these, and its schemas are nested deeper than what they describe. Bodies are read with ContractJson.Wire.
        builder.Services.ConfigureHttpJsonOptions(json => ContractJson.Strict(json.SerializerOptions).MaxDepth = 64);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddWhistleOpenApi();
        builder.Services.AddRateLimiter(limiter => Bound(limiter, settings));
        builder.Services
            .AddSignalR(hub => hub.EnableDetailedErrors = false)
            .AddJsonProtocol(json => ContractJson.Strict(json.PayloadSerializerOptions).TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver()))
            .AddMessagePackProtocol(packed => packed.SerializerOptions = HubMessagePack.Options);
        builder.Services.AddSingleton<LiveScreens>();
        builder.Services.AddSingleton<HubLifetimeManager<LiveHub>>(provider => provider.GetRequiredService<LiveScreens>());
        builder.Services.AddHostedService<LivePump>();
        builder.Services.AddSingleton<ConsoleCount>();
        builder.Services.AddHostedService<GateMeter>();
        builder.Services.AddHostedService<CityGauges>();
        builder.AddTelemetry(settings);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseStatusCodePages(context => Problems.Problems.WriteAsync(context.HttpContext, Problems.Problems.ForStatus(context.HttpContext.Response.StatusCode)));
        app.UseResponseCompression();
        app.UsePages();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<AccessMiddleware>();
        app.UseAuthorization();

        app.MapHealth();
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHub<LiveHub>("/hubs/live", connection =>
        {
            // A screen that takes nothing for this long is cut off; it comes back with its position.
            connection.TransportSendTimeout = TimeSpan.FromSeconds(3);
            connection.TransportMaxBufferSize = LiveBoard.FullFrame;
            connection.Transports = HttpTransports.All;
        });
        app.MapHub<AlertHub>("/hubs/alerts", connection =>
        {
            connection.TransportSendTimeout = TimeSpan.FromSeconds(3);
            connection.Transports = HttpTransports.All;
        });

        var api = app.MapGroup("/api/v1");
        api.MapPost("/sign-in", SignInAsync).WithTags("Sign-in").AllowAnonymous()
            .WithSummary("Development sign-in, on loopback only. 开发登录，仅限本机。")
            .Accepts<SignInRequest>("application/json").Produces<SignInAnswer>().ProducesRefusals(400, 413, 415, 422);
        var signedIn = api.MapGroup("").RequireAuthorization().RequireRateLimiting(nameof(Bound)).ProducesRefusals(401, 503);
        signedIn.MapCity();
        signedIn.MapGrids();
        signedIn.MapWhistles();
        signedIn.MapAttachments();
        signedIn.MapCaseFiles();
        signedIn.MapReports();
        signedIn.MapPrecedents();
        signedIn.MapDepartments();
        signedIn.MapAllocations();
        signedIn.MapCrews();
        signedIn.MapRecords();
        signedIn.MapPlans();
        signedIn.MapAlerts();
        signedIn.MapRosters();
        signedIn.MapPush();
        signedIn.MapAccess();
        return app;
    }

    private static async Task<IResult> SignInAsync(HttpContext http, DevelopmentSignIn signIn)
    {
        var (request, _) = await CommandBody.ReadAsync<SignInRequest>(http);
        return Results.Json(signIn.SignIn(request), ContractJson.Types.SignInAnswer);
    }

    private static void Bound(RateLimiterOptions options, ServerSettings settings)
    {
        // Whoever only looks must not keep out who acts. How urgent an order is, is known once it is read: its turn comes at the gate of its actor, and
        // here is only kept how many are read at all.
        options.AddPolicy(nameof(Bound), http => HttpMethods.IsGet(http.Request.Method)
            ? RateLimitPartition.GetConcurrencyLimiter("look", _ => new ConcurrencyLimiterOptions { PermitLimit = settings.MostAtOnce, QueueLimit = settings.MostWaiting })
            : RateLimitPartition.GetConcurrencyLimiter("act", _ => new ConcurrencyLimiterOptions { PermitLimit = Gate.MostInAll(settings.Gates) }));
        options.OnRejected = async (context, _) => await Problems.Problems.WriteAsync(context.HttpContext, Problems.Problems.Overloaded);
    }
}
