using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace WhistleActors.Testing;

/// <summary>
/// A PostgreSQL cluster of its own in a temporary folder, on a free port of the loopback address. It can be stopped, killed and
/// started again; disposing stops it and removes the folder.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly int _port;

    private readonly PostgresOptions _options;

    private PostgresServer(string folder, int port, PostgresOptions options)
    {
        _options = options;
        _folder = folder;
        _port = port;
    }

    /// <summary>A connection to the maintenance database, as a superuser.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    /// <summary>The process that the others are children of, while it runs.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Whether it runs, be it that it does not serve at the moment. A dead process that nobody has collected does not.</summary>
    public bool IsRunning
    {
        get
        {
            try
            {
                // proc(5): the state stands behind the name, which may hold anything.
                return File.ReadAllText($"/proc/{ProcessId}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
            }
            catch (Exception gone) when (gone is IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Creates and starts a cluster.</summary>
    /// <param name="durable">Whether it syncs its log to the disk. Killed processes lose nothing without; only measurements need it.</param>
    /// <exception cref="InvalidOperationException">The programs of PostgreSQL are missing, or one of them failed; the text is theirs.</exception>
    public static Task<PostgresServer> StartAsync(bool durable = false) => StartAsync(new PostgresOptions { Durable = durable });

    /// <summary>Creates and starts a cluster.</summary>
    /// <exception cref="InvalidOperationException">The programs of PostgreSQL are missing, or one of them failed; the text is theirs.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresOptions options)
    {
        var server = await PlaceAsync(options);
        await RunAsync(Program("initdb"), "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        if (options.Lines is { } lines)
            await File.AppendAllLinesAsync(Path.Combine(server.Data, "postgresql.conf"), lines(server.Folder));
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Creates and starts a streaming replica of another cluster, on a port and in a folder of its own, with the same options.</summary>
    /// <exception cref="InvalidOperationException">One of PostgreSQL's programs failed; the text is theirs.</exception>
    public static async Task<PostgresServer> StandByAsync(PostgresServer primary)
    {
        var server = await PlaceAsync(primary._options);
        await RunAsync(
            Program("pg_basebackup"),
            "-h", "127.0.0.1", "-p", primary._port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-D", server.Data, "-R", "-X", "stream", "-c", "fast", "--no-sync");
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Creates and starts another cluster on data that a script makes.</summary>
    /// <param name="maker">Given the folder that is to hold the data, the command that fills it.</param>
    public async Task<PostgresServer> StartOnWhatAsync(Func<string, string[]> maker)
    {
        var other = await PlaceAsync(new PostgresOptions());
        await RunScriptAsync(maker(other.Data));
        await other.StartAgainAsync();
        return other;
    }

    /// <summary>The folder that holds its data and what a test puts there.</summary>
    public string Folder => _folder;

    /// <summary>Runs a script as the user that the cluster belongs to; clients of PostgreSQL in it mean this cluster.</summary>
    public Task RunScriptAsync(params string[] command) => RunAsync(
        "env", ["PGHOST=127.0.0.1", $"PGPORT={_port.ToString(CultureInfo.InvariantCulture)}", "PGUSER=postgres", .. command]);

    /// <summary>Makes a replica the primary; completes when it takes writes.</summary>
    public Task PromoteAsync() => RunAsync(Program("pg_ctl"), "promote", "-w", "-D", Data);

    /// <summary>Fills its disk to the last page. Needs <see cref="PostgresOptions.DiskBytes"/>.</summary>
    public async Task FillDiskAsync(CancellationToken cancel = default)
    {
        foreach (var chunk in (int[])[1 << 20, 4096])
        {
            try
            {
                await using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
                while (true)
                    await filler.WriteAsync(new byte[chunk], cancel);
            }
            catch (IOException)
            {
                // Nothing of this size goes in any more.
            }
        }
    }

    /// <summary>Takes away what <see cref="FillDiskAsync"/> has put there.</summary>
    public void FreeDisk() => File.Delete(Filler);

    /// <summary>Starts a stopped or killed server on the same port and data.</summary>
    public Task StartAgainAsync() => RunAsync(
        Program("pg_ctl"),
        "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"),
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 " + (_options.Durable ? "-c shared_buffers=512MB" : "-c fsync=off")
            + string.Concat(_options.Settings.Select(setting => " -c " + setting)));

    /// <summary>Ends the server as a crash does: no shutdown checkpoint, the next start recovers from the log.</summary>
    public Task CrashAsync() => RunAsync(Program("pg_ctl"), "stop", "-m", "immediate", "-D", Data);

    /// <summary>Ends the server in order.</summary>
    public Task StopAsync() => RunAsync(Program("pg_ctl"), "stop", "-m", "fast", "-D", Data);

    /// <summary>To be called when all its processes were killed: where nobody collects dead processes, the next start would take the first of them for alive.</summary>
    public void ForgetProcess() => File.Delete(Path.Combine(Data, "postmaster.pid"));

    /// <summary>Creates an empty database.</summary>
    /// <returns>A connection string to it.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "test_" + Guid.NewGuid().ToString("N");
        await TestPostgres.ExecuteAsync(ConnectionString, $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await CrashAsync();
        if (_options.DiskBytes is not null)
            await AsIsAsync("umount", _folder);
        await RunAsync("rm", "-rf", _folder);
    }

    private string Filler => Path.Combine(_folder, "filler");

    private static async Task<PostgresServer> PlaceAsync(PostgresOptions options)
    {
        var folder = Path.Combine(Path.GetTempPath(), "whistle-postgres-" + Guid.NewGuid().ToString("N"));
        await RunAsync("mkdir", folder);
        if (options.DiskBytes is { } bytes)
        {
            await AsIsAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes},mode=0755"), "tmpfs", folder);
            await AsIsAsync("chown", "postgres", folder);
        }

        return new PostgresServer(folder, FreePorts.Next(), options);
    }

    private static string Program(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin"))
                : []);
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"{name} of PostgreSQL is not installed; install it, or set {TestPostgres.Variable} to the connection string of a server.");
    }

    // PostgreSQL refuses to run as root.
    private static Task RunAsync(string program, params string[] arguments) =>
        Environment.UserName == "root" ? AsIsAsync("runuser", ["-u", "postgres", "--", program, .. arguments]) : AsIsAsync(program, arguments);

    private static async Task AsIsAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        // pg_ctl leaves a server behind that inherits its output: only its own end counts, not that of the stream.
        var error = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            await Task.WhenAny(error, Task.Delay(TimeSpan.FromSeconds(1)));
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{program} ended with {process.ExitCode}: {(error.IsCompletedSuccessfully ? error.Result : "")}"));
        }
    }
}
