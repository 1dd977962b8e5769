using Npgsql;
using WhistleActors.Testing;

namespace WhistleActors.Consistency.Nodes;

/// <summary>The primary, and if it is asked for a synchronous standby: a commit counts only when that has it too, so a fail-over loses nothing that was acknowledged.</summary>
internal sealed class Databases : IAsyncDisposable
{
    private const long SmallDisk = 768L << 20;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReplicatesWithin = TimeSpan.FromSeconds(60);

    private readonly string name;
    private PostgresServer? standby;

    private Databases(PostgresServer primary, string name) => (Primary, this.name) = (primary, name);

    internal PostgresServer Primary { get; private set; }

    /// <summary>A connection to the primary, whichever it is now.</summary>
    internal string ConnectionString => new NpgsqlConnectionStringBuilder(Primary.ConnectionString) { Database = name }.ConnectionString;

    /// <summary>Where the primary is now, on the loopback address.</summary>
    internal int Port => new NpgsqlConnectionStringBuilder(Primary.ConnectionString).Port;

    internal static async Task<Databases> StartAsync(Means means)
    {
        var primary = await PostgresServer.StartAsync(new PostgresOptions
        {
            Settings =
            [
                // Proves by whose clock an event says when it was.
                "track_commit_timestamp=on",

                // A standby that lost sight of its primary for a while goes on from there, and at once.
                "wal_keep_size=128MB", "wal_retrieve_retry_interval=500ms",
                "min_wal_size=32MB", "max_wal_size=128MB",
            ],
            DiskBytes = means.HasFlag(Means.SmallDisk) ? SmallDisk : null,
        });
        var databases = new Databases(primary, new NpgsqlConnectionStringBuilder(await primary.CreateDatabaseAsync()).Database!);
        if (means.HasFlag(Means.Standby))
            await databases.AddStandbyAsync();
        return databases;
    }

    /// <summary>Makes the standby the primary: the old one is gone.</summary>
    internal async Task FailOverAsync()
    {
        var old = Primary;
        await standby!.PromoteAsync();
        (Primary, standby) = (standby, null);
        await old.DisposeAsync();
    }

    /// <summary>Builds a standby from the primary; from then on no commit counts without it.</summary>
    internal async Task AddStandbyAsync()
    {
        standby = await PostgresServer.StandByAsync(Primary);
        var began = TimeProvider.System.GetTimestamp();
        await using var database = NpgsqlDataSource.Create(Primary.ConnectionString);
        await using var streaming = database.CreateCommand("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'");
        while ((long)(await streaming.ExecuteScalarAsync())! == 0)
        {
            if (TimeProvider.System.GetElapsedTime(began) > ReplicatesWithin)
                throw new TimeoutException("The standby does not replicate.");
            await Task.Delay(Look);
        }

        // Only now, and after the copy was made: else writing would wait for a standby that is not there, here or after the next fail-over.
        await TestPostgres.ExecuteAsync(Primary.ConnectionString, "ALTER SYSTEM SET synchronous_standby_names = '*'");
        await TestPostgres.ExecuteAsync(Primary.ConnectionString, "SELECT pg_reload_conf()");
    }

    /// <summary>Starts the primary again if it has ended, as its systemd unit would, until it serves.</summary>
    internal async Task ServeAgainAsync(TimeSpan within, CancellationToken cancel)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                if (!Primary.IsRunning)
                    await Primary.StartAgainAsync();
                await TestPostgres.ExecuteAsync(Primary.ConnectionString, "SELECT 1");
                return;
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(began) < within)
            {
                await Task.Delay(Look, cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (standby is not null)
            await standby.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
