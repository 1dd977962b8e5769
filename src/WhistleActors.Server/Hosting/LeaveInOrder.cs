using System.Runtime.InteropServices;
using WhistleActors.Actors.Hosting;

namespace WhistleActors.Server.Hosting;

/// <summary>
/// The way out of service. Told to stop (SIGTERM, Ctrl-C), the node calls itself not ready and serves on until whoever sends it requests has noticed. Then screens are
/// told to come back elsewhere, requests under way end, and its shards are handed over. Told a second time it does not wait.
/// </summary>
internal sealed class LeaveInOrder(NodeLeaving leaving, IHostApplicationLifetime host, ServerSettings settings, TimeProvider clock, ILogger<LeaveInOrder> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.AddRange(((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT]).Select(signal => PosixSignalRegistration.Create(signal, Hear)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    /// <summary>Begins to leave; completes when the server was told to stop.</summary>
    internal async Task LeaveAsync()
    {
        if (!leaving.Begun)
        {
            leaving.Begin();
            log.LogInformation("Leaving: not ready from now on, serving for another {Seconds} s", settings.LeaveAfter.TotalSeconds);
            await Task.Delay(settings.LeaveAfter, clock, host.ApplicationStopping).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        host.StopApplication();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _ = LeaveAsync();
    }
}
