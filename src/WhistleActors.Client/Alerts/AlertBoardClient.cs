using Microsoft.AspNetCore.SignalR.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Alerts;

namespace WhistleActors.Client.Alerts;

/// <summary>
/// Follows what waits for a department, for as long as it is not disposed: connects, reconnects without end, and after each reconnect begins
/// with all that waits. Tells the server what it displayed. Thread-safe.
/// </summary>
public sealed class AlertBoardClient : IAsyncDisposable
{
    private readonly string console;
    private readonly Action<AlertNews> onAlerts;
    private readonly Lock gate = new();
    private readonly AlertPicture<AlertView, string> picture = new(alert => alert.Whistle, alert => alert);
    private readonly AlertLink<AlertFrame> link;

    /// <summary>Starts following.</summary>
    /// <param name="client">Who sits at the console.</param>
    /// <param name="console">Names the console; the same after a restart, so that the proof counts it once.</param>
    /// <param name="onAlerts">Displays what is new; once it returns, that is recorded as displayed. <see cref="AlertNews.Rings"/> says whether to make a sound.</param>
    public AlertBoardClient(WhistleClient client, string department, string console, Action<AlertNews> onAlerts, LiveBoardOptions? options = null)
    {
        (Department, this.console, this.onAlerts) = (department, console, onAlerts);
        link = new AlertLink<AlertFrame>(client, options, "Follow", department, TakeAsync);
    }

    /// <summary>Whose alerts it follows.</summary>
    public string Department { get; }

    /// <summary>Why it is not connected; null while it is. With <see cref="AccessWithdrawnException"/> it does not come back.</summary>
    public Exception? Trouble => link.Trouble;

    /// <summary>What waits, the longest waiting first.</summary>
    public IReadOnlyList<AlertView> Waiting
    {
        get
        {
            lock (gate)
                return picture.Waiting;
        }
    }

    /// <summary>Stops following.</summary>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    private async Task TakeAsync(AlertFrame frame, HubConnection connection, CancellationToken cancelled)
    {
        bool rings;
        lock (gate)
            rings = picture.Take(frame.Reset, frame.Complete, frame.Alerts, frame.Over);
        if (frame is { Alerts.Count: 0, Over.Count: 0, Reset: false })
            return;
        onAlerts(new AlertNews(frame.Reset, frame.Alerts, frame.Over, frame.Unsigned, rings));
        if (frame.Alerts.Count > 0)
            await connection.InvokeAsync("Shown", Department, console, frame.Alerts.Select(alert => alert.Whistle).ToArray(), cancelled).ConfigureAwait(false);
    }
}
