using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using WhistleActors.Actors;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Storage;
using WhistleActors.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Hosting;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Bench;

/// <summary>Bytes on the heap of a grid in memory: idle, which it stays for two minutes before it leaves; and with an open whistle.</summary>
internal static class GridMemory
{
    private const int Grids = 5_000;

    internal static async Task<(double Idle, double Open)> MeasureAsync(string folder)
    {
        var pack = ((CityPackReading.Loaded)CityPackReader.Read(Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing"))).Pack;
        var settings = new ServerSettings("", AppContext.BaseDirectory, StorageSettings.Sqlite(Path.Combine(folder, "whistle-actors.db")), new NodeSettings(), "akka.loglevel = WARNING")
        {
            SigningKey = SigningKey.InFolder(folder),
            Alerts = new AlertSettings(FrozenDictionary<string, WebhookTarget>.Empty, null, null, []) { PushKey = Path.Combine(folder, "push.key") },
            Attachments = new AttachmentSettings(Path.Combine(folder, "attachments")),
        };
        await using var app = WhistleServer.Build(["--urls", "http://127.0.0.1:0"], settings, pack);
        await app.StartAsync();
        var city = app.Services.GetRequiredService<City>();
        var grids = pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal).Take(Grids + 1).ToList();
        await city.OpenInGridAsync(grids[Grids].Code, default);

        var before = Heap();
        await Parallel.ForEachAsync(grids.Take(Grids), async (grid, cancelled) => await city.OpenInGridAsync(grid.Code, cancelled));
        var idle = Heap();
        var matter = pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).First();
        await Parallel.ForEachAsync(grids.Take(Grids), async (grid, cancelled) => await city.GiveOrderAsync(grid.Code, Blow(grid, matter), cancelled));
        var open = Heap();
        await app.StopAsync();
        return ((double)(idle - before) / Grids, (double)(open - before) / Grids);
    }

    private static Order Blow(Grid grid, Domain.Matters.MatterCode matter) => new(
        new BlowWhistle(matter, WhistleOccasion.Emergency, WhistleLevel.Daily, WhistleChain.Service, "自来水管破裂，路面积水", null, null, null),
        new Officer(PersonId.Parse("bench"), "bench", OrganisationCode.Parse(grid.Subdistrict.Text), Role.SubdistrictOfficer));

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
