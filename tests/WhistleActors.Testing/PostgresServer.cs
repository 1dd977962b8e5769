using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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

    private readonly bool _durable;

    private PostgresServer(string folder, int port, bool durable)
    {
        _durable = durable;
        _folder = folder;
        _port = port;
    }

    /// <summary>A connection to the maintenance database, as a superuser.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    /// <summary>The process that the others are children of, while it runs.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Creates and starts a cluster.</summary>
    /// <param name="durable">Whether it syncs its log to the disk. Killed processes lose nothing without; only measurements need it.</param>
    /// <param name="settings">Lines for its configuration; they may name its folder.</param>
    /// <exception cref="InvalidOperationException">The programs of PostgreSQL are missing, or one of them failed; the text is theirs.</exception>
    public static async Task<PostgresServer> StartAsync(bool durable = false, Func<string, IEnumerable<string>>? settings = null)
    {
        var folder = Path.Combine(Path.GetTempPath(), "whistle-postgres-" + Guid.NewGuid().ToString("N"));
        var server = new PostgresServer(folder, FreePort(), durable);
        await RunAsync("mkdir", folder);
        await RunAsync(Program("initdb"), "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        if (settings is not null)
            await File.AppendAllLinesAsync(Path.Combine(server.Data, "postgresql.conf"), settings(folder));
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts another cluster on data that a script makes.</summary>
    /// <param name="maker">Given the folder that is to hold the data, the command that fills it.</param>
    public async Task<PostgresServer> StartOnWhatAsync(Func<string, string[]> maker)
    {
        var folder = Path.Combine(Path.GetTempPath(), "whistle-postgres-" + Guid.NewGuid().ToString("N"));
        var other = new PostgresServer(folder, FreePort(), durable: false);
        await RunAsync("mkdir", folder);
        await RunScriptAsync(maker(other.Data));
        await other.StartAgainAsync();
        return other;
    }

    /// <summary>The folder that holds its data and what a test puts there.</summary>
    public string Folder => _folder;

    /// <summary>Runs a script as the user that the cluster belongs to; clients of PostgreSQL in it mean this cluster.</summary>
    public Task RunScriptAsync(params string[] command) => RunAsync(
        "env", ["PATH=" + Path.GetDirectoryName(Program("pg_ctl")) + ":/usr/bin:/bin", "PGHOST=127.0.0.1", $"PGPORT={_port.ToString(CultureInfo.InvariantCulture)}", "PGUSER=postgres", .. command]);

    /// <summary>Starts a stopped or killed server on the same port and data.</summary>
    public Task StartAgainAsync() => RunAsync(
        Program("pg_ctl"),
        "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"),
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 " + (_durable ? "-c shared_buffers=512MB" : "-c fsync=off"));

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
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await CrashAsync();
        await RunAsync("rm", "-rf", _folder);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        // PostgreSQL refuses to run as root.
        if (Environment.UserName == "root")
        {
            start.FileName = "runuser";
            foreach (var argument in (string[])["-u", "postgres", "--", program])
                start.ArgumentList.Add(argument);
        }
        else
        {
            start.FileName = program;
        }

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
