using Npgsql;

namespace WhistleActors.Journal.Reading;

/// <summary>The table in a PostgreSQL database, and the archive beside it.</summary>
/// <remarks>
/// The archive is asked only where something is missing: an actor's events are there up to a number and its newest never is; and of the
/// journal's order, there is a highest place up to which some are there.
/// </remarks>
internal sealed class PostgresEventTable(string connectionString) : IEventTable
{
    private const string ArchivedUpToSql = "SELECT coalesce((SELECT ordering FROM journal_archived ORDER BY ordering DESC LIMIT 1), 0)";

    // One follower and a few traces at a time: the rest of the database's connections belong to the journal.
    private readonly NpgsqlDataSource _database = new NpgsqlDataSourceBuilder(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4, MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString).Build();

    public async Task<List<(long Ordering, EventRow Row)>> AfterAsync(long ordering, int most, CancellationToken cancellation)
    {
        try
        {
            await using var batch = _database.CreateBatch();
            batch.BatchCommands.Add(Command(EventQueries.After, ordering, most));

            // Asked afterwards, so that it tells of whatever was moved before the rows were read.
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ArchivedUpToSql));
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var rows = EventQueries.Rows(reader);
            await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            if (reader.GetInt64(0) <= ordering)
                return rows;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return await ReadAsync(EventQueries.After, cancellation, ordering, most);
        }

        return await ReadAsync(EventQueries.AfterWithArchive, cancellation, ordering, most);
    }

    public async Task<List<(long Ordering, EventRow Row)>> OfAsync(
        string persistenceId, long fromSequenceNr, int most, CancellationToken cancellation)
    {
        var rows = await ReadAsync(EventQueries.Of, cancellation, persistenceId, fromSequenceNr, most);
        if (rows.Count == 0 || rows[0].Row.SequenceNr <= fromSequenceNr)
            return rows;
        return await ReadAsync(EventQueries.OfWithArchive, cancellation, persistenceId, fromSequenceNr, most) is { Count: > 0 } all ? all : rows;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static NpgsqlBatchCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return command;
    }

    private async Task<List<(long Ordering, EventRow Row)>> ReadAsync(string sql, CancellationToken cancellation, params object[] parameters)
    {
        try
        {
            await using var batch = _database.CreateBatch();
            batch.BatchCommands.Add(Command(sql, parameters));
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            return EventQueries.Rows(reader);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
    }
}
