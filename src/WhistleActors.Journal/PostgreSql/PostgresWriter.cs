using Npgsql;
using NpgsqlTypes;

namespace WhistleActors.Journal.PostgreSql;

/// <summary>
/// The one session that writes, known to the server by an advisory lock that it holds until its end. Whoever takes this lock
/// afterwards knows that no transaction of the session can still be committed.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const string OrderSql = "SELECT pg_advisory_xact_lock(hashtextextended('group-commit journal order', 0))";

    private const string InsertSql =
        """
        INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier, writer_uuid)
        SELECT c, false, p, s, m, t, f, i, w
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS row (c, p, s, m, t, f, i, w)
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _insert;
    private readonly NpgsqlParameter<long[]> _created = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<string[]> _ids = Texts<string>();
    private readonly NpgsqlParameter<long[]> _numbers = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<byte[][]> _messages = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<string[]> _tags = Texts<string>();
    private readonly NpgsqlParameter<string[]> _manifests = Texts<string>();
    private readonly NpgsqlParameter<int[]> _identifiers = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<string?[]> _writers = Texts<string?>();
    private bool _prepared;
    private bool _alone;

    private PostgresWriter(NpgsqlConnection connection, long sessionKey, bool orderedCommits)
    {
        _connection = connection;
        _connection.Notice += (_, told) => _alone |= PostgresTrouble.IsNotReplicated(told.Notice);
        SessionKey = sessionKey;
        _insert = connection.CreateBatch();
        // Both commands travel together and are one transaction, so that a frozen client cannot hold the lock.
        if (orderedCommits)
            _insert.BatchCommands.Add(new NpgsqlBatchCommand(OrderSql));
        var insert = new NpgsqlBatchCommand(InsertSql);
        foreach (var parameter in (NpgsqlParameter[])[_created, _ids, _numbers, _messages, _tags, _manifests, _identifiers, _writers])
            insert.Parameters.Add(parameter);
        _insert.BatchCommands.Add(insert);
    }

    public long SessionKey { get; }

    public static async Task<PostgresWriter> OpenAsync(NpgsqlDataSource source, bool orderedCommits, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var key = Random.Shared.NextInt64();
            await using var claim = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = key } } };
            await claim.ExecuteNonQueryAsync(cancellation);
            return new PostgresWriter(connection, key, orderedCommits);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the session with this key has ended, whatever it was about to commit included.</summary>
    public async Task AwaitEndAsync(long sessionKey, CancellationToken cancellation)
    {
        // Its client is gone for certain (it was this process), but the server may not know for a long time.
        await using var end = _connection.CreateBatch();
        end.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            SELECT pg_terminate_backend(pid) FROM pg_locks
            WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid <> pg_backend_pid()
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (classid::bigint << 32 | objid::bigint) = $1
            """)
        { Parameters = { new() { Value = sessionKey } } });
        end.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_lock($1)") { Parameters = { new() { Value = sessionKey } } });
        end.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_unlock($1)") { Parameters = { new() { Value = sessionKey } } });
        await end.ExecuteNonQueryAsync(cancellation);
    }

    public async Task InsertAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellation)
    {
        var count = 0;
        for (var i = 0; i < writes.Count; i++)
            count += writes[i].Rows.Length;
        var created = new long[count];
        var ids = new string[count];
        var numbers = new long[count];
        var messages = new byte[count][];
        var tags = new string[count];
        var manifests = new string[count];
        var identifiers = new int[count];
        var writers = new string?[count];
        var at = 0;
        for (var i = 0; i < writes.Count; i++)
        {
            foreach (var row in writes[i].Rows)
            {
                created[at] = row.Created;
                ids[at] = row.PersistenceId;
                numbers[at] = row.SequenceNr;
                messages[at] = row.Message;
                tags[at] = row.Tags;
                manifests[at] = row.Manifest;
                identifiers[at] = row.Identifier!.Value;
                writers[at] = row.WriterUuid;
                at++;
            }
        }

        _created.TypedValue = created;
        _ids.TypedValue = ids;
        _numbers.TypedValue = numbers;
        _messages.TypedValue = messages;
        _tags.TypedValue = tags;
        _manifests.TypedValue = manifests;
        _identifiers.TypedValue = identifiers;
        _writers.TypedValue = writers;
        if (!_prepared)
        {
            await _insert.PrepareAsync(cancellation);
            _prepared = true;
        }

        await _insert.ExecuteNonQueryAsync(cancellation);
        ThrowIfAlone();
    }

    /// <summary>Returns when the synchronous standby, if there is one, has all that was committed before.</summary>
    /// <remarks>A commit waits for the standby only when it wrote something; this message is read by nobody.</remarks>
    public async Task AwaitStandbyAsync(CancellationToken cancellation)
    {
        await using var message = new NpgsqlCommand("SELECT pg_logical_emit_message(true, 'group-commit journal', '')", _connection);
        await message.ExecuteNonQueryAsync(cancellation);
        ThrowIfAlone();
    }

    /// <summary>For each row whether its number is taken, and whether by this very row.</summary>
    public async Task<(bool Taken, bool Same)[]> FindAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand(
            """
            SELECT row.n, j.writer_uuid IS NOT DISTINCT FROM row.w AND j.created = row.c
            FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS row (p, s, w, c, n)
            JOIN journal j ON j.persistence_id = row.p AND j.sequence_number = row.s
            """,
            _connection)
        {
            Parameters =
            {
                Texts(rows.Select(row => (string?)row.PersistenceId)),
                Numbers(rows.Select(row => row.SequenceNr)),
                Texts(rows.Select(row => row.WriterUuid)),
                Numbers(rows.Select(row => row.Created)),
            },
        };
        var found = new (bool Taken, bool Same)[rows.Count];
        await using var reader = await find.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found[reader.GetInt64(0) - 1] = (true, reader.GetBoolean(1));
        return found;
    }

    public async Task DeleteAsync(string persistenceId, long toSequenceNr, bool tags, bool archive, CancellationToken cancellation)
    {
        await using var delete = _connection.CreateBatch();
        const string Last = "(SELECT max(sequence_number) FROM journal WHERE persistence_id = $1 AND sequence_number <= $2)";
        string[] commands =
        [
            $"UPDATE journal SET deleted = true WHERE persistence_id = $1 AND sequence_number = {Last}",
            .. tags ? [$"DELETE FROM tags WHERE persistence_id = $1 AND sequence_nr < {Last}"] : Array.Empty<string>(),
            $"DELETE FROM journal WHERE persistence_id = $1 AND sequence_number < {Last}",
            .. archive ? ["DELETE FROM journal_archive WHERE persistence_id = $1 AND sequence_number <= $2"] : Array.Empty<string>(),
        ];
        foreach (var command in commands)
        {
            delete.BatchCommands.Add(new NpgsqlBatchCommand(command)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = persistenceId },
                    new NpgsqlParameter<long> { TypedValue = toSequenceNr },
                },
            });
        }

        await delete.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<bool> HasTableAsync(string name, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", _connection) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void ThrowIfAlone()
    {
        if (_alone)
            throw new NotReplicatedException();
    }

    private static NpgsqlParameter<string?[]> Texts(IEnumerable<string?> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. values] };

    private static NpgsqlParameter<long[]> Numbers(IEnumerable<long> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = [.. values] };

    private static NpgsqlParameter<T[]> Texts<T>() => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
