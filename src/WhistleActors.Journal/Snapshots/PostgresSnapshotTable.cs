using Npgsql;

namespace WhistleActors.Journal.Snapshots;

/// <summary>
/// The table in a PostgreSQL database. Every actor that comes into memory asks for its snapshot: those that ask together are asked for together,
/// in one round trip. A change is one statement in a round trip of its own.
/// </summary>
internal sealed class PostgresSnapshotTable : ISnapshotTable
{
    internal const string Create =
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
        SELECT request.n, s.sequence_number, s.created, s.snapshot, s.manifest, s.serializer_id
        FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS request (p, from_number, to_number, from_time, to_time, n)
        CROSS JOIN LATERAL
        (
            SELECT sequence_number, created, snapshot, manifest, serializer_id FROM snapshot
            WHERE persistence_id = request.p
                AND sequence_number BETWEEN request.from_number AND request.to_number AND created BETWEEN request.from_time AND request.to_time
            ORDER BY sequence_number DESC
            LIMIT 1
        ) AS s
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
    private readonly NpgsqlDataSource _database;
    private readonly bool _initialize;
    private readonly GroupedReader<SnapshotRequest, SnapshotRow?> _loads;

    public PostgresSnapshotTable(string connectionString, bool initialize)
    {
        _database = NpgsqlDataSource.Create(Settings(connectionString));
        _initialize = initialize;
        var asTheJournal = new GroupCommitSettings { Provider = JournalProvider.PostgreSql, ConnectionString = connectionString };
        _loads = new GroupedReader<SnapshotRequest, SnapshotRow?>(LoadAsync, asTheJournal, TimeProvider.System);
        _loads.Start();
    }

    public async Task OpenAsync()
    {
        if (!_initialize)
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
        await _loads.ReadAsync(new SnapshotRequest(persistenceId, range)).WaitAsync(cancellation);

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
            await using var delete = _database.CreateCommand(Delete);
            delete.Parameters.Add(new() { Value = persistenceId });
            delete.Parameters.Add(new() { Value = range.FromNumber });
            delete.Parameters.Add(new() { Value = range.ToNumber });
            delete.Parameters.Add(new() { Value = range.FromTime });
            delete.Parameters.Add(new() { Value = range.ToTime });
            return await delete.ExecuteNonQueryAsync(cancellation);
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await _loads.DisposeAsync();
        await _database.DisposeAsync();
    }

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

    private Task<int> LoadAsync(IReadOnlyList<SnapshotRequest> requests, CancellationToken cancellation) => OnLivingSessionAsync(
        async () =>
        {
            await using var select = _database.CreateCommand(Select);
            select.Parameters.Add(new() { Value = requests.Select(request => request.PersistenceId).ToArray() });
            select.Parameters.Add(new() { Value = requests.Select(request => request.Range.FromNumber).ToArray() });
            select.Parameters.Add(new() { Value = requests.Select(request => request.Range.ToNumber).ToArray() });
            select.Parameters.Add(new() { Value = requests.Select(request => request.Range.FromTime).ToArray() });
            select.Parameters.Add(new() { Value = requests.Select(request => request.Range.ToTime).ToArray() });
            await using var reader = await select.ExecuteReaderAsync(cancellation);
            var found = 0;
            while (await reader.ReadAsync(cancellation))
            {
                found++;
                requests[(int)reader.GetInt64(0) - 1].Row = new SnapshotRow(
                    reader.GetInt64(1),
                    reader.GetInt64(2),
                    reader.IsDBNull(3) ? [] : reader.GetFieldValue<byte[]>(3),
                    reader.IsDBNull(4) ? "" : reader.GetString(4),
                    reader.IsDBNull(5) ? null : reader.GetInt32(5));
            }

            return found;
        },
        cancellation);
}
