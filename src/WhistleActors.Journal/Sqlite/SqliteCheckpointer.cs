using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhistleActors.Journal.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on a connection of its own. SQLite would do it inside
/// a commit, which then takes tens of milliseconds instead of one.
/// </summary>
internal sealed class SqliteCheckpointer : IAsyncDisposable
{
    /// <summary>4 MiB of log, SQLite's own threshold, at about half a page an event.</summary>
    private const int EventsBetween = 2000;

    /// <summary>64 MiB. Under load the log has no quiet end at which it could start anew; past this the writer must wait once.</summary>
    private const int TooManyFrames = 16_384;

    private readonly SqliteConnection _connection;
    private readonly Channel<bool> _wanted =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;
    private int _eventsSince;
    private volatile bool _writerMustHelp;

    public SqliteCheckpointer(SqliteConnection connection)
    {
        _connection = connection;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether the log has grown so long that the writer must empty it itself.</summary>
    public bool WriterMustHelp => _writerMustHelp;

    public void Committed(int events)
    {
        _eventsSince += events;
        if (_eventsSince < EventsBetween)
            return;
        _eventsSince = 0;
        _wanted.Writer.TryWrite(true);
    }

    public void Helped() => _writerMustHelp = false;

    public async ValueTask DisposeAsync()
    {
        _wanted.Writer.TryComplete();
        await _running;
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        await foreach (var _ in _wanted.Reader.ReadAllAsync())
        {
            // An error here endangers nothing: the log keeps what could not be copied, and the next turn tries again.
            var code = raw.sqlite3_wal_checkpoint_v2(
                _connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var frames, out var copied);
            _writerMustHelp = frames > TooManyFrames || (code != raw.SQLITE_OK && frames - copied > TooManyFrames);
        }
    }
}
