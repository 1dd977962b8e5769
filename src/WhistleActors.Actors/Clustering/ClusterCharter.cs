using Npgsql;

namespace WhistleActors.Actors.Clustering;

/// <summary>
/// Which cluster is the one of this database, and that it lives: a row that its members keep beating. Nobody's clock counts, only that the beat stands still
/// or does not.
/// </summary>
internal sealed class ClusterCharter(string connectionString) : IAsyncDisposable
{
    private const string Table =
        "CREATE TABLE IF NOT EXISTS whistle_cluster (name text PRIMARY KEY, cluster text NOT NULL, beat bigint NOT NULL)";

    private const string Name = "whistle-actors";
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);

    /// <summary>The cluster and its beat; null when there never was one.</summary>
    internal async Task<Heartbeat?> ReadAsync(CancellationToken cancelled)
    {
        await using (var table = database.CreateCommand(Table))
            await table.ExecuteNonQueryAsync(cancelled);
        await using var command = Command("SELECT cluster, beat FROM whistle_cluster WHERE name = $1", Name);
        await using var reader = await command.ExecuteReaderAsync(cancelled);
        return await reader.ReadAsync(cancelled) ? new Heartbeat(reader.GetString(0), reader.GetInt64(1)) : null;
    }

    /// <summary>Founds a cluster in the place of one that was seen dead, or of none.</summary>
    /// <returns>False when there is a beat that was not seen: somebody lives, or has founded one meanwhile.</returns>
    internal Task<bool> FoundAsync(string cluster, Heartbeat? seen, CancellationToken cancelled) => seen is null
        ? ChangesAsync("INSERT INTO whistle_cluster (name, cluster, beat) VALUES ($1, $2, 1) ON CONFLICT (name) DO NOTHING", cancelled, Name, cluster)
        : ChangesAsync("UPDATE whistle_cluster SET cluster = $2, beat = beat + 1 WHERE name = $1 AND cluster = $3 AND beat = $4", cancelled, Name, cluster, seen.Cluster, seen.Beat);

    /// <summary>Says that a member of the cluster lives.</summary>
    /// <returns>False when that is not the cluster of this database any more.</returns>
    internal Task<bool> BeatAsync(string cluster, CancellationToken cancelled) =>
        ChangesAsync("UPDATE whistle_cluster SET beat = beat + 1 WHERE name = $1 AND cluster = $2", cancelled, Name, cluster);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task<bool> ChangesAsync(string sql, CancellationToken cancelled, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancelled) == 1;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}

/// <summary>That a cluster lives.</summary>
/// <param name="Cluster">Names it.</param>
/// <param name="Beat">Grows as long as any member lives and reaches the database.</param>
internal sealed record Heartbeat(string Cluster, long Beat);
