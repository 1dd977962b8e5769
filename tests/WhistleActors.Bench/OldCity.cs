using System.Text.Json;
using Microsoft.Data.Sqlite;
using WhistleActors.Actors.Serialization;
using WhistleActors.CityPacks;

namespace WhistleActors.Bench;

/// <summary>Writes the journal of a city of some age into a server's SQLite file.</summary>
internal static class OldCity
{
    private const int EndedPerOpen = 100;
    private const int PerTransaction = 20_000;

    internal static async Task WriteAsync(string folder, int events)
    {
        // The server makes the tables.
        await (await ServerProcess.StartAsync(folder)).DisposeAsync();

        var pack = ((CityPackReading.Loaded)CityPackReader.Read(Path.Combine(AppContext.BaseDirectory, "city-packs", "beijing"))).Pack;
        var grids = pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal).ToList();
        var matters = pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).ToList();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "whistle-actors.db")};Pooling=False");
        await connection.OpenAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText =
            "INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier) VALUES ($created, 0, $id, $number, $message, $manifest, 1401)";
        foreach (var name in new[] { "$created", "$id", "$number", "$message", "$manifest" })
            insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        insert.Transaction = connection.BeginTransaction();
        var written = 0;
        var history = new CityHistory(pack, Write);
        var start = TimeProvider.System.GetUtcNow().AddDays(-365);
        for (var life = 0; written < events; life++)
        {
            var now = start + (TimeSpan.FromDays(364) * ((double)written / events));
            var (grid, matter) = (grids[(int)(life * 4_001L % grids.Count)], matters[life % matters.Count]);
            if (life % EndedPerOpen == 0)
                history.Blow(grid, matter, now);
            else
                history.Live(grid, matter, now);
        }

        await insert.Transaction.CommitAsync();

        void Write(string id, long number, DateTimeOffset at, object happened)
        {
            var (manifest, json) = Manifests.Of(happened);
            insert.Parameters["$created"].Value = at.UtcTicks;
            insert.Parameters["$id"].Value = id;
            insert.Parameters["$number"].Value = number;
            insert.Parameters["$message"].Value = JsonSerializer.SerializeToUtf8Bytes(happened, json);
            insert.Parameters["$manifest"].Value = manifest;
            insert.ExecuteNonQuery();
            if (++written % PerTransaction > 0)
                return;
            insert.Transaction!.Commit();
            insert.Transaction = connection.BeginTransaction();
        }
    }
}
