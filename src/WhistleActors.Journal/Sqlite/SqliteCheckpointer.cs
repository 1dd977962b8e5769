using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhistleActors.Journal.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database beside the writer, on a connection of its own. SQLite would do it inside
/// a commit, which then lasts as long as copying four megabytes and two more syncs.
/// </summary>
internal sealed class SqliteCheckpointer : IAsyncDisposable
{
    /// <summary>
    /// 4 MiB of log, SQLite's own threshold. A log that starts anew this often is overwritten in place; one that grows can make
    /// each sync wait for the file system's journal as well.
    /// </summary>
    private const int FramesBetween = 1000;

    /// <summary>A commit touches a leaf of the table and of each index, whatever it holds.</summary>
    private const int FramesOfACommit = 5;

    /// <summary>64 MiB. Under load the log has no quiet end at which it could start anew; past this the writer must wait once.</summary>
    private const int TooManyFrames = 16_384;

    private readonly SqliteConnection _connection;
    private readonly Channel<bool> _wanted =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;
    private int _framesSince;
    private volatile bool _copied;
    private volatile bool _tooLong;

    public SqliteCheckpointer(SqliteConnection connection)
    {
        _connection = connection;
        _running = Task.Run(RunAsync);
    }

    /// <summary>
    /// Whether the writer should copy the few frames that have come since the last turn here: only a log that is copied to its
    /// very end starts anew, and under steady writes it never is from beside.
    /// </summary>
    public bool WriterShouldFinish => _copied;

    /// <summary>Whether the log has grown so long that the writer must wait for its readers to let it start anew.</summary>
    public bool WriterMustWait => _tooLong;

    public void Committed(int events)
    {
        _framesSince += FramesOfACommit + events;
        if (_framesSince < FramesBetween)
            return;
        _framesSince = 0;
        _wanted.Writer.TryWrite(true);
    }

    public void Finished()
    {
        _copied = false;
        _tooLong = false;
    }

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
            _tooLong = frames > TooManyFrames;
            _copied = code == raw.SQLITE_OK && copied > 0;
        }
    }
}
