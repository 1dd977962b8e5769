using System.Globalization;
using System.Text.Json;
using Akka.Cluster;
using Npgsql;

namespace WhistleActors.Actors.Clustering;

/// <summary>
/// Which cluster is the one of this database, that it lives, and who is no member of it any more: a row that its members keep beating. Nobody's clock counts,
/// only that the beat stands still or does not.
/// </summary>
/// <remarks>
/// Who is gone stays gone. A node that was frozen while the others voted it out believes to be a member when it goes on, finds all others lost and the lease
/// that they decided with given back: without this it would decide the same of them, and two clusters would own the same grids.
/// </remarks>
internal sealed class ClusterCharter(string connectionString) : IAsyncDisposable
{
    /// <summary>True when the cluster goes on without a node: parameters $4, its address, and $5, its incarnation.</summary>
    internal const string GoesOnWithout = "EXISTS (SELECT FROM whistle_cluster WHERE gone ->> $4 = $5)";

    /// <summary>Makes the table, where there is none.</summary>
    /// <remarks>The column <c>gone</c> is younger than the table. To add it needs a lock that waits for a running dump, and all beats would wait behind it: so it is asked for first.</remarks>
    internal const string Table =
        """
        CREATE TABLE IF NOT EXISTS whistle_cluster (name text PRIMARY KEY, cluster text NOT NULL, beat bigint NOT NULL, gone jsonb NOT NULL DEFAULT '{}');
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'whistle_cluster'::regclass AND attname = 'gone' AND NOT attisdropped) THEN
                ALTER TABLE whistle_cluster ADD COLUMN gone jsonb NOT NULL DEFAULT '{}';
            END IF;
        END $$
        """;

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

    /// <summary>Says that a member of the cluster lives, and who is no member any more. Of two that say so of each other the first is right.</summary>
    /// <returns>False when that is not the cluster of this database any more, or the cluster goes on without this member.</returns>
    internal Task<bool> BeatAsync(string cluster, UniqueAddress member, IEnumerable<UniqueAddress> gone, CancellationToken cancelled) => ChangesAsync(
        "UPDATE whistle_cluster SET beat = beat + 1, gone = gone || $3::jsonb WHERE name = $1 AND cluster = $2 AND gone ->> $4 IS DISTINCT FROM $5",
        cancelled,
        Name,
        cluster,
        JsonSerializer.Serialize(gone.ToDictionary(AddressOf, IncarnationOf)),
        AddressOf(member),
        IncarnationOf(member));

    // An address has one incarnation at a time, so the last that is gone is enough, and the row does not grow with the years.
    internal static string AddressOf(UniqueAddress node) => node.Address.ToString();

    internal static string IncarnationOf(UniqueAddress node) => node.Uid.ToString(CultureInfo.InvariantCulture);

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
