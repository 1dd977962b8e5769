using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>This program, started again as <see cref="Child"/>.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly TaskCompletionSource _firstReport = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reports;

    private ChildProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, said) => _complaints.Enqueue(said.Data ?? "");
        process.BeginErrorReadLine();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The highest acknowledged number of each actor. Actors are acknowledged in order; anything else is thrown by <see cref="KillAsync"/>.</summary>
    public Dictionary<string, long> Acknowledged { get; } = [];

    public IReadOnlyCollection<string> Failures => _failures;

    public int Reports => Volatile.Read(ref _reports);

    public Task FirstReport => _firstReport.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public static ChildProcess Start(
        string provider, string connectionString, int actors, string settings = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            ArgumentList = { Child.Verb, provider, connectionString, actors.ToString(CultureInfo.InvariantCulture), settings },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        return new ChildProcess(process);
    }

    /// <summary>Returns when the process has written once more, with nothing of its own waiting before it.</summary>
    public async Task WriteProbeAsync()
    {
        var before = Reports;
        await _process.StandardInput.WriteLineAsync("probe");
        await _process.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Reports == before)
            await Task.Delay(5, limit.Token);
    }

    /// <summary>SIGKILL; then takes in every report that had reached the pipe.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    /// <summary>SIGSTOP: alive for everybody else, and dead.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            if (words[0] == Child.Failed)
            {
                _failures.Enqueue(line);
                continue;
            }

            // The last line of a killed process may be cut off; a cut number would be smaller than the true one.
            if (words.Length != 2 || !long.TryParse(words[1], CultureInfo.InvariantCulture, out var number))
                continue;
            if (number > Acknowledged.GetValueOrDefault(words[0]))
                Acknowledged[words[0]] = number;
            Interlocked.Increment(ref _reports);
            _firstReport.TrySetResult();
        }

        _firstReport.TrySetException(new InvalidOperationException($"The process ended without a report: {string.Join('\n', _complaints)}"));
    }
}
