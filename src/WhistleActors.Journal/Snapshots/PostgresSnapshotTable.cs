using Npgsql;

namespace WhistleActors.Journal.Snapshots;

/// <summary>The table in a PostgreSQL database. Each call is one statement in a round trip of its own.</summary>
internal sealed class PostgresSnapshotTable(string connectionString) : ISnapshotTable
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS snapshot
        (
            persistence_id  text    NOT NULL,
            sequence_number bigint  NOT NULL,
            created         bigint  NOT NULL,
            snapshot        bytea   NULL,
            manifest        text    NULL,
            serializer_id   integer NULL,
            CONSTRAINT "PK_snapshot" PRIMARY KEY (persistence_id, sequence_number)
        );
        CREATE INDEX IF NOT EXISTS snapshot_sequence_number_idx ON snapshot (sequence_number);
        CREATE INDEX IF NOT EXISTS snapshot_created_idx ON snapshot (created);
        """;

    private const string Select =
        """
        SELECT sequence_number, created, snapshot, manifest, serializer_id FROM snapshot
        WHERE persistence_id = $1 AND sequence_number BETWEEN $2 AND $3 AND created BETWEEN $4 AND $5
        ORDER BY sequence_number DESC LIMIT 1
        """;

    private const string Upsert =
        """
        INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (persistence_id, sequence_number) DO UPDATE
        SET created = excluded.created, snapshot = excluded.snapshot, manifest = excluded.manifest, serializer_id = excluded.serializer_id
        """;

    private const string Delete =
        "DELETE FROM snapshot WHERE persistence_id = $1 AND sequence_number BETWEEN $2 AND $3 AND created BETWEEN $4 AND $5";

    // Nodes that start together must not create the same table at once: PostgreSQL would refuse one of them.
    private const string OneAtATime = "SELECT pg_advisory_xact_lock(7153460219)";

    private readonly NpgsqlDataSource _database = new NpgsqlDataSourceBuilder(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString).Build();

    public async Task OpenAsync(bool initialize)
    {
        if (!initialize)
            return;
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var alone = new NpgsqlCommand(OneAtATime, connection))
            await alone.ExecuteNonQueryAsync();
        await using (var create = new NpgsqlCommand(Create, connection))
            await create.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async ValueTask<SnapshotRow?> LoadAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation)
    {
        await using var select = Bound(Select, persistenceId, range);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new SnapshotRow(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetFieldValue<byte[]>(2),
                reader.IsDBNull(3) ? "" : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4))
            : null;
    }

    public async Task SaveAsync(string persistenceId, SnapshotRow row, CancellationToken cancellation)
    {
        await using var upsert = _database.CreateCommand(Upsert);
        upsert.Parameters.Add(new() { Value = persistenceId });
        upsert.Parameters.Add(new() { Value = row.SequenceNr });
        upsert.Parameters.Add(new() { Value = row.Created });
        upsert.Parameters.Add(new() { Value = row.Snapshot });
        upsert.Parameters.Add(new() { Value = row.Manifest });
        upsert.Parameters.Add(new() { Value = row.SerializerId ?? 0 });
        await upsert.ExecuteNonQueryAsync(cancellation);
    }

    public async Task DeleteAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation)
    {
        await using var delete = Bound(Delete, persistenceId, range);
        await delete.ExecuteNonQueryAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private NpgsqlCommand Bound(string sql, string persistenceId, SnapshotRange range)
    {
        var command = _database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = persistenceId });
        command.Parameters.Add(new() { Value = range.FromNumber });
        command.Parameters.Add(new() { Value = range.ToNumber });
        command.Parameters.Add(new() { Value = range.FromTime });
        command.Parameters.Add(new() { Value = range.ToTime });
        return command;
    }
}
