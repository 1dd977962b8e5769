using Npgsql;

namespace WhistleActors.Journal.Reading;

/// <summary>The table in a PostgreSQL database.</summary>
internal sealed class PostgresEventTable(string connectionString) : IEventTable
{
    // One follower and a few traces at a time: the rest of the database's connections belong to the journal.
    private readonly NpgsqlDataSource _database = new NpgsqlDataSourceBuilder(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4, MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString).Build();

    public Task<List<(long Ordering, EventRow Row)>> AfterAsync(long ordering, int most, CancellationToken cancellation) =>
        ReadAsync(EventQueries.After, [ordering, most], cancellation);

    public Task<List<(long Ordering, EventRow Row)>> OfAsync(
        string persistenceId, long fromSequenceNr, int most, CancellationToken cancellation) =>
        ReadAsync(EventQueries.Of, [persistenceId, fromSequenceNr, most], cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<List<(long Ordering, EventRow Row)>> ReadAsync(string sql, object[] parameters, CancellationToken cancellation)
    {
        try
        {
            await using var command = _database.CreateCommand(sql);
            foreach (var parameter in parameters)
                command.Parameters.Add(new() { Value = parameter });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            return EventQueries.Rows(reader);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return [];
        }
    }
}
