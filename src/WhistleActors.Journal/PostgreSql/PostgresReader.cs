using Npgsql;
using NpgsqlTypes;

namespace WhistleActors.Journal.PostgreSql;

/// <summary>Reads for a group of recoveries in one round trip.</summary>
internal static class PostgresReader
{
    private const string HighestSql =
        """
        SELECT request.n, j.sequence_number
        FROM unnest($1) WITH ORDINALITY AS request (p, n)
        CROSS JOIN LATERAL
        (SELECT sequence_number FROM journal WHERE persistence_id = request.p ORDER BY sequence_number DESC LIMIT 1) AS j
        """;

    private const string Columns = "sequence_number, created, message, manifest, identifier, writer_uuid";

    private const string OfRequest =
        "WHERE persistence_id = request.p AND sequence_number BETWEEN request.f AND request.t AND NOT deleted ORDER BY sequence_number LIMIT request.l";

    private const string InJournal = $"SELECT {Columns} FROM journal {OfRequest}";

    private const string InBoth =
        $"(SELECT {Columns} FROM journal_archive {OfRequest}) UNION ALL ({InJournal}) ORDER BY sequence_number LIMIT request.l";

    private const string ForEachRequest =
        """
        SELECT request.n, j.sequence_number, j.created, j.message, j.manifest, j.identifier, j.writer_uuid
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS request (p, f, t, l, n) CROSS JOIN LATERAL
        """;

    private const string InOrder = "AS j ORDER BY request.n, j.sequence_number";

    private const string EventsSql = $"{ForEachRequest} ({InJournal}) {InOrder}";

    private const string ArchivedEventsSql = $"{ForEachRequest} ({InBoth}) {InOrder}";

    public static async Task ReadHighestAsync(
        NpgsqlConnection connection, IReadOnlyList<HighestRequest> requests, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(HighestSql, connection) { Parameters = { Ids(requests) } };
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            requests[(int)reader.GetInt64(0) - 1].Highest = reader.GetInt64(1);
    }

    public static async Task ReadEventsAsync(
        NpgsqlConnection connection, IReadOnlyList<EventsRequest> requests, CancellationToken cancellation)
    {
        await ReadEventsAsync(connection, EventsSql, requests, cancellation);

        // What an actor's events begin with, as far as it is old, is in the archive; a recovery asks for it only when its snapshot is gone.
        var headless = requests.Where(request => request.Rows.Count == 0 || request.Rows[0].SequenceNr > request.From).ToList();
        if (headless.Count == 0)
            return;
        foreach (var request in headless)
            request.Reset();
        try
        {
            await ReadEventsAsync(connection, ArchivedEventsSql, headless, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Somebody else makes the tables, and has not made these.
            await ReadEventsAsync(connection, EventsSql, headless, cancellation);
        }
    }

    private static async Task ReadEventsAsync(
        NpgsqlConnection connection, string sql, IReadOnlyList<EventsRequest> requests, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                Ids(requests),
                Numbers(requests.Select(r => r.From)),
                Numbers(requests.Select(r => r.To)),
                Numbers(requests.Select(r => (long)r.Limit)),
            },
        };
        await command.PrepareAsync(cancellation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var request = requests[(int)reader.GetInt64(0) - 1];
            request.Rows.Add(new EventRow
            {
                PersistenceId = request.PersistenceId,
                SequenceNr = reader.GetInt64(1),
                Created = reader.GetInt64(2),
                Message = reader.GetFieldValue<byte[]>(3),
                Manifest = reader.IsDBNull(4) ? "" : reader.GetString(4),
                Identifier = reader.IsDBNull(5) ? null : reader.GetInt32(5),
                WriterUuid = reader.IsDBNull(6) ? null : reader.GetString(6),
            });
        }
    }

    private static NpgsqlParameter<string[]> Ids<TResult>(IEnumerable<ReadRequest<TResult>> requests) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = [.. requests.Select(r => r.PersistenceId)] };

    private static NpgsqlParameter<long[]> Numbers(IEnumerable<long> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, TypedValue = [.. values] };
}
