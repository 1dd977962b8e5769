using Npgsql;

namespace WhistleActors.Journal.Snapshots;

/// <summary>The table in a PostgreSQL database. Each call is one statement in a round trip of its own.</summary>
internal sealed class PostgresSnapshotTable(string connectionString, bool initialize) : ISnapshotTable
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

    // A thousand actors that wake at once must not take all sessions of the server, and gain nothing by more than these.
    private const int MaxSessions = 16;

    // Saves that hang on a lock leave the other half of the sessions to those who load.
    private readonly SemaphoreSlim _changing = new(MaxSessions / 2);
    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(Settings(connectionString));

    public async Task OpenAsync()
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

    public async ValueTask<SnapshotRow?> LoadAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation) =>
        await OnLivingSessionAsync(
            async () =>
            {
                await using var select = Bound(Select, persistenceId, range);
                await using var reader = await select.ExecuteReaderAsync(cancellation);
                return await reader.ReadAsync(cancellation)
                    ? new SnapshotRow(
                        reader.GetInt64(0),
                        reader.GetInt64(1),
                        reader.IsDBNull(2) ? [] : reader.GetFieldValue<byte[]>(2),
                        reader.IsDBNull(3) ? "" : reader.GetString(3),
                        reader.IsDBNull(4) ? null : reader.GetInt32(4))
                    : null;
            },
            cancellation);

    public Task SaveAsync(string persistenceId, SnapshotRow row, CancellationToken cancellation) => ChangeAsync(
        async () =>
        {
            await using var upsert = _database.CreateCommand(Upsert);
            upsert.Parameters.Add(new() { Value = persistenceId });
            upsert.Parameters.Add(new() { Value = row.SequenceNr });
            upsert.Parameters.Add(new() { Value = row.Created });
            upsert.Parameters.Add(new() { Value = row.Snapshot });
            upsert.Parameters.Add(new() { Value = row.Manifest });
            upsert.Parameters.Add(new() { Value = row.SerializerId!.Value });
            return await upsert.ExecuteNonQueryAsync(cancellation);
        },
        cancellation);

    public Task DeleteAsync(string persistenceId, SnapshotRange range, CancellationToken cancellation) => ChangeAsync(
        async () =>
        {
            await using var delete = Bound(Delete, persistenceId, range);
            return await delete.ExecuteNonQueryAsync(cancellation);
        },
        cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static NpgsqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 };
        if (string.IsNullOrEmpty(settings.ApplicationName))
            settings.ApplicationName = "direct snapshot store";
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MaxSessions);
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        // A plan made while the table was small must not scan it when it is large.
        settings.Options = $"{settings.Options} -c enable_seqscan=off -c enable_bitmapscan=off".Trim();
        return settings;
    }

    private async Task ChangeAsync(Func<Task<int>> ask, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation);
        try
        {
            await OnLivingSessionAsync(ask, cancellation);
        }
        finally
        {
            _changing.Release();
        }
    }

    // A session that has died in the pool, with its server or alone, shows that only when it is used. All three statements may be repeated.
    private async Task<T> OnLivingSessionAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (NpgsqlException e) when (e.IsTransient && !cancellation.IsCancellationRequested)
        {
            _database.Clear();
            return await ask();
        }
    }

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
