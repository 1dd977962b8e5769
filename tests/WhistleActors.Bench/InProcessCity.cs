using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WhistleActors.Actors;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Storage;
using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Hosting;
using WhistleActors.Server.Plans;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Bench;

/// <summary>The whole server of Beijing in this process, to be measured from inside.</summary>
internal sealed class InProcessCity : IAsyncDisposable
{
    private readonly WebApplication app;

    private InProcessCity(WebApplication app, CityPack pack) => (this.app, Pack) = (app, pack);

    internal CityPack Pack { get; }

    internal City City => app.Services.GetRequiredService<City>();

    /// <param name="folder">Where its database goes.</param>
    internal static async Task<InProcessCity> StartAsync(string folder, Func<CityPack, CityPack>? change = null)
    {
        var pack = ((CityPackReading.Loaded)CityPackReader.Read(Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing"))).Pack;
        pack = change?.Invoke(pack) ?? pack;
        var settings = new ServerSettings("", AppContext.BaseDirectory, StorageSettings.Sqlite(Path.Combine(folder, "whistle-actors.db")), new NodeSettings(), "akka.loglevel = WARNING")
        {
            SigningKey = SigningKey.InFolder(folder),
            Alerts = new AlertSettings(FrozenDictionary<string, WebhookTarget>.Empty, null, null, []) { PushKey = Path.Combine(folder, "push.key") },
            Attachments = new AttachmentSettings(Path.Combine(folder, "attachments")),
            Plans = new PlanSettings(Path.Combine(folder, "plans")),
        };
        var app = WhistleServer.Build(["--urls", "http://127.0.0.1:0"], settings, pack);
        await app.StartAsync();
        return new InProcessCity(app, pack);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
