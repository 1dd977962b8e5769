using Microsoft.Data.Sqlite;

namespace WhistleActors.Journal.Sqlite;

/// <summary>
/// A connection that reads. A group of requests shares one read transaction: one look at the lock, one state of the data.
/// </summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly NativeStatement _begin;
    private readonly NativeStatement _end;
    private readonly NativeStatement _highest;
    private readonly NativeStatement _events;

    public SqliteReader(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new NativeStatement(connection, "BEGIN");
        _end = new NativeStatement(connection, "COMMIT");
        _highest = new NativeStatement(connection, "SELECT max(sequence_number) FROM journal WHERE persistence_id = ?1");
        _events = new NativeStatement(
            connection,
            """
            SELECT sequence_number, created, message, manifest, identifier, writer_uuid
            FROM journal
            WHERE persistence_id = ?1 AND sequence_number BETWEEN ?2 AND ?3 AND deleted = 0
            ORDER BY sequence_number
            LIMIT ?4
            """);
    }

    public void ReadHighest(IReadOnlyList<HighestRequest> requests)
    {
        _begin.Run();
        foreach (var request in requests)
        {
            _highest.Bind(1, request.PersistenceId).Step();
            request.Highest = _highest.Integer(0);
            _highest.Reset();
        }

        _end.Run();
    }

    public void ReadEvents(IReadOnlyList<EventsRequest> requests)
    {
        _begin.Run();
        foreach (var request in requests)
        {
            _events.Bind(1, request.PersistenceId).Bind(2, request.From).Bind(3, request.To).Bind(4, request.Limit);
            while (_events.Step())
            {
                request.Rows.Add(new EventRow
                {
                    PersistenceId = request.PersistenceId,
                    SequenceNr = _events.Integer(0),
                    Created = _events.Integer(1),
                    Message = _events.Blob(2),
                    Manifest = _events.Text(3),
                    Identifier = _events.IsNull(4) ? null : (int)_events.Integer(4),
                    WriterUuid = _events.IsNull(5) ? null : _events.Text(5),
                });
            }

            _events.Reset();
        }

        _end.Run();
    }

    public void Dispose()
    {
        _events.Dispose();
        _highest.Dispose();
        _end.Dispose();
        _begin.Dispose();
        _connection.Dispose();
    }
}
