using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WhistleActors.Journal.Reading;

/// <summary>The table in an SQLite file in WAL mode, where readers and the writer do not wait for each other.</summary>
internal sealed class SqliteEventTable : IEventTable
{
    private const string NoSuchTable = "no such table";

    private readonly string _connectionString;
    private readonly SemaphoreSlim _turn = new(1);
    private SqliteConnection? _connection;

    public SqliteEventTable(string connectionString) =>
        // A pooled connection could outlive the journal's lock.
        _connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    public Task<List<(long Ordering, EventRow Row)>> AfterAsync(long ordering, int most, CancellationToken cancellation) =>
        ReadAsync(EventQueries.After, [ordering, most], cancellation);

    public Task<List<(long Ordering, EventRow Row)>> OfAsync(
        string persistenceId, long fromSequenceNr, int most, CancellationToken cancellation) =>
        ReadAsync(EventQueries.Of, [persistenceId, fromSequenceNr, most], cancellation);

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
        _turn.Dispose();
    }

    private async Task<List<(long Ordering, EventRow Row)>> ReadAsync(string sql, object[] parameters, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Read(sql, parameters), cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<(long Ordering, EventRow Row)> Read(string sql, object[] parameters)
    {
        try
        {
            _connection ??= Connect();
            using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constant texts of EventQueries.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < parameters.Length; i++)
                command.Parameters.AddWithValue($"${i + 1}", parameters[i]);
            using var reader = command.ExecuteReader();
            return EventQueries.Rows(reader);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR && e.Message.Contains(NoSuchTable, StringComparison.Ordinal))
        {
            return [];
        }
        catch (DbException)
        {
            _connection?.Dispose();
            _connection = null;
            throw;
        }
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }
}
