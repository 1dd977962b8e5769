using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using WhistleActors.Actors.Serialization;
using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Bench;

/// <summary>Years of a large city in PostgreSQL: a fifth of all whistles in a few hundred busy grids, some grids without any, and the newest still open.</summary>
internal sealed class LargeHistory
{
    private const int BusyGrids = 300;
    private const int FreshEvery = 50;
    private const int LivedEvery = 10;
    private const int OpenEvery = 100;
    private const int SampleEvery = 97;

    // As the actors do.
    private const int GridEventsPerSnapshot = 200;
    private const int DepartmentEventsPerSnapshot = 1_000;
    private static readonly TimeSpan Years = TimeSpan.FromDays(3 * 365);

    private readonly Dictionary<string, (long Number, byte[] State, string Manifest)> snapshots = [];
    private readonly CityPack pack;

    private LargeHistory(CityPack pack, List<Grid> grids)
    {
        this.pack = pack;
        Busy = [.. grids.Where((_, i) => i % (grids.Count / BusyGrids) == 1).Take(BusyGrids)];
        Fresh = [.. grids.Where((_, i) => i % FreshEvery == 0).Except(Busy)];
        Quiet = [.. grids.Except(Busy).Except(Fresh)];
    }

    internal IReadOnlyList<Grid> Busy { get; }

    internal IReadOnlyList<Grid> Quiet { get; }

    internal IReadOnlyList<Grid> Fresh { get; }

    /// <summary>Some whistles that ended.</summary>
    internal List<WhistleId> Ended { get; } = [];

    internal long Events { get; private set; }

    internal int Open { get; private set; }

    /// <summary>Writes it into a database in which a server has made the tables.</summary>
    internal static async Task<LargeHistory> WriteAsync(string packFolder, string database, int whistles)
    {
        var pack = ((CityPackReading.Loaded)CityPackReader.Read(packFolder)).Pack;
        var history = new LargeHistory(pack, [.. pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal)]);
        var rows = Channel.CreateBounded<Row>(new BoundedChannelOptions(50_000) { SingleReader = true, SingleWriter = true });
        var storing = StoreAsync(database, rows.Reader);
        await Task.WhenAny(storing, Task.Run(() => history.Happen(whistles, row =>
        {
            if (!rows.Writer.TryWrite(row))
                rows.Writer.WriteAsync(row).AsTask().Wait();
        }))).Unwrap();
        rows.Writer.Complete();
        await storing;
        await history.StoreSnapshotsAsync(database);
        return history;
    }

    private void Happen(int whistles, Action<Row> write)
    {
        var matters = pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).ToList();
        var city = new CityHistory(pack, (id, number, at, happened) =>
        {
            var (manifest, json) = Manifests.Of(happened);
            write(new Row(id, number, at.UtcTicks, JsonSerializer.SerializeToUtf8Bytes(happened, json), manifest));
            Events++;
        })
        { Reached = Keep };
        var now = TimeProvider.System.GetUtcNow();
        for (var life = 0; life < whistles; life++)
        {
            var (grid, matter) = (life % 5 == 0 ? Busy[life / 5 % Busy.Count] : Quiet[(int)(life * 4_001L % Quiet.Count)], matters[life % matters.Count]);

            // So far apart that each is over before the next one of its grid.
            var at = now - TimeSpan.FromDays(1) - (Years * (1 - ((double)life / whistles)));
            var id = life % LivedEvery == 0 ? city.Live(grid, matter, at) : city.Withdraw(grid, matter, at);
            if (life % SampleEvery == 0)
                Ended.Add(id);
        }

        for (Open = 0; Open < Math.Min(whistles / OpenEvery, Quiet.Count); Open++)
            city.Blow(Quiet[(int)(Open * 4_001L % Quiet.Count)], matters[Open % matters.Count], TimeProvider.System.GetUtcNow().AddMinutes(-1));
    }

    private void Keep(string id, long number, object state)
    {
        var every = state is GridState ? GridEventsPerSnapshot : DepartmentEventsPerSnapshot;
        if (number / every == (snapshots.TryGetValue(id, out var kept) ? kept.Number : 0) / every)
            return;
        var (manifest, json) = Manifests.Of(state);
        snapshots[id] = (number, JsonSerializer.SerializeToUtf8Bytes(state, json), manifest);
    }

    private static async Task StoreAsync(string database, ChannelReader<Row> rows)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=False");
        await connection.OpenAsync();
        await using var copy = await connection.BeginBinaryImportAsync("COPY journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier) FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.FromHours(2);
        await foreach (var row in rows.ReadAllAsync())
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(row.Created, NpgsqlDbType.Bigint);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean);
            await copy.WriteAsync(row.Id, NpgsqlDbType.Text);
            await copy.WriteAsync(row.Number, NpgsqlDbType.Bigint);
            await copy.WriteAsync(row.Message, NpgsqlDbType.Bytea);
            await copy.WriteAsync("", NpgsqlDbType.Text);
            await copy.WriteAsync(row.Manifest, NpgsqlDbType.Text);
            await copy.WriteAsync(1401, NpgsqlDbType.Integer);
        }

        await copy.CompleteAsync();
    }

    private async Task StoreSnapshotsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=False");
        await connection.OpenAsync();
        await using var copy = await connection.BeginBinaryImportAsync("COPY snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id) FROM STDIN (FORMAT BINARY)");
        foreach (var (id, (number, state, manifest)) in snapshots)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(id, NpgsqlDbType.Text);
            await copy.WriteAsync(number, NpgsqlDbType.Bigint);
            await copy.WriteAsync(TimeProvider.System.GetUtcNow().UtcTicks, NpgsqlDbType.Bigint);
            await copy.WriteAsync(state, NpgsqlDbType.Bytea);
            await copy.WriteAsync(manifest, NpgsqlDbType.Text);
            await copy.WriteAsync(1401, NpgsqlDbType.Integer);
        }

        await copy.CompleteAsync();
    }

    private sealed record Row(string Id, long Number, long Created, byte[] Message, string Manifest);
}
