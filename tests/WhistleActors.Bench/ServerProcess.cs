using System.Diagnostics;
using System.Globalization;
using WhistleActors.Testing;

namespace WhistleActors.Bench;

/// <summary>The real server in a process of its own, on loopback.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly string Server = Path.Combine(AppContext.BaseDirectory, "WhistleActors.Server.dll");

    private readonly Process process;

    private ServerProcess(Process process, Uri address, TimeSpan toReady) => (this.process, Address, ToReady) = (process, address, toReady);

    internal Uri Address { get; }

    /// <summary>From the start of the process until it answered that it is ready.</summary>
    internal TimeSpan ToReady { get; }

    /// <summary>Processor time that it has used.</summary>
    internal TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Completes when it has nothing left to do, such as to compile what has become hot; after half a minute at the latest.</summary>
    internal async Task IsQuietAsync()
    {
        for (var (seconds, used) = (0, Cpu); seconds < 30; seconds++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var now = Cpu;
            if (seconds > 0 && now - used < TimeSpan.FromMilliseconds(100))
                return;
            used = now;
        }
    }

    /// <summary>Memory that it has in use, and the most that it ever had, in bytes.</summary>
    internal (long Now, long Most) Memory
    {
        get
        {
            var lines = File.ReadAllLines($"/proc/{process.Id}/status");
            return (Read("VmRSS:"), Read("VmHWM:"));

            long Read(string name) => long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    internal static async Task<ServerProcess> StartAsync(string data, IReadOnlyDictionary<string, string>? settings = null, IReadOnlyList<string>? run = null, TimeSpan? patience = null)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Next()}"));
        var start = Prepare(run ?? [Server], data, settings);
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        var errors = new List<string>();
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = address };
        while (clock.Elapsed < (patience ?? TimeSpan.FromMinutes(5)) && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                    return new ServerProcess(process, address, clock.Elapsed);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20);
        }

        process.Kill();
        throw new InvalidOperationException($"The server did not become ready. {string.Join(Environment.NewLine, errors)}");
    }

    /// <summary>Runs one of the server's verbs to its end.</summary>
    /// <exception cref="InvalidOperationException">It was not done.</exception>
    internal static async Task RunAsync(string data, IReadOnlyDictionary<string, string> settings, params string[] verb)
    {
        var start = Prepare([Server, .. verb], data, settings);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', verb)} ended with {process.ExitCode}. {await output}{await errors}");
    }

    private static ProcessStartInfo Prepare(IReadOnlyList<string> run, string data, IReadOnlyDictionary<string, string>? settings)
    {
        var start = new ProcessStartInfo("dotnet", run) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["WHISTLE_DATA"] = data } };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }

    /// <summary>Ends it as a loss of power would: <c>kill -9</c>.</summary>
    internal async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process.HasExited)
            return;
        using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await terminate.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
