using Microsoft.AspNetCore.SignalR.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Alerts;

namespace WhistleActors.Client.Alerts;

/// <summary>Follows what came up to the command of a district because no department answered it; otherwise as <see cref="AlertBoardClient"/>. Thread-safe.</summary>
public sealed class EscalationBoardClient : IAsyncDisposable
{
    private readonly string console;
    private readonly bool packed;
    private readonly Action<EscalationNews> onAlerts;
    private readonly Lock gate = new();
    private readonly AlertPicture<EscalatedAlert, AlertName> picture = new(alert => new AlertName(alert.Alert.Whistle, alert.Department), alert => alert.Alert);
    private readonly AlertLink<EscalationFrame> link;

    /// <summary>Starts following.</summary>
    /// <param name="client">Who sits at the console: an officer of the district's command.</param>
    /// <param name="console">Names the console; the same after a restart, so that the proof counts it once.</param>
    /// <param name="onAlerts">Displays what is new; once it returns, that is recorded as displayed.</param>
    public EscalationBoardClient(WhistleClient client, string district, string console, Action<EscalationNews> onAlerts, LiveBoardOptions? options = null)
    {
        (District, this.console, this.onAlerts) = (district, console, onAlerts);
        packed = (options ?? new LiveBoardOptions()).Encoding == FrameEncoding.MessagePack;
        link = new AlertLink<EscalationFrame>(client, options, "FollowEscalated", district, TakeAsync);
    }

    /// <summary>Whose command it is.</summary>
    public string District { get; }

    /// <summary>Why it is not connected; null while it is. With <see cref="AccessWithdrawnException"/> it does not come back.</summary>
    public Exception? Trouble => link.Trouble;

    /// <summary>What waits, the longest waiting first.</summary>
    public IReadOnlyList<EscalatedAlert> Waiting
    {
        get
        {
            lock (gate)
                return picture.Waiting;
        }
    }

    /// <summary>Stops following.</summary>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    private async Task TakeAsync(EscalationFrame frame, HubConnection connection, CancellationToken cancelled)
    {
        bool rings;
        lock (gate)
            rings = picture.Take(frame.Reset, frame.Complete, frame.Alerts, frame.Over);
        if (frame is { Alerts.Count: 0, Over.Count: 0, Reset: false })
            return;
        onAlerts(new EscalationNews(frame.Reset, frame.Alerts, frame.Over, frame.Unsigned, rings));
        if (frame.Alerts.Count > 0)
            await connection.InvokeAsync("EscalatedShown", District, console, Names(frame.Alerts), cancelled).ConfigureAwait(false);
    }

    private object Names(IReadOnlyList<EscalatedAlert> alerts) => packed
        ? alerts.Select(alert => new Dictionary<string, object> { ["whistle"] = alert.Alert.Whistle, ["department"] = alert.Department }).ToArray()
        : alerts.Select(alert => new AlertName(alert.Alert.Whistle, alert.Department)).ToArray();
}
