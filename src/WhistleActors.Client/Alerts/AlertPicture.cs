using WhistleActors.Contract.Alerts;

namespace WhistleActors.Client.Alerts;

/// <summary>What waits for a department, as far as frames have told.</summary>
internal sealed class AlertPicture
{
    private readonly Dictionary<string, AlertView> waiting = [];

    // What rang once does not ring again because a connection was lost, or because it is shown with another deadline; a second whistle does.
    private readonly HashSet<(string Whistle, AlertCause Cause, DateTimeOffset Since)> rung = [];

    internal IReadOnlyList<AlertView> Waiting => [.. waiting.Values.OrderBy(alert => alert.Since).ThenBy(alert => alert.Whistle, StringComparer.Ordinal)];

    /// <summary>Takes a frame in.</summary>
    internal AlertNews Take(AlertFrame frame)
    {
        if (frame.Reset)
            waiting.Clear();
        foreach (var over in frame.Over)
            waiting.Remove(over);
        foreach (var alert in frame.Alerts)
            waiting[alert.Whistle] = alert;
        if (frame.Complete)
            rung.RemoveWhere(known => !waiting.TryGetValue(known.Whistle, out var alert) || (alert.Cause, alert.Since) != (known.Cause, known.Since));
        var rings = false;
        foreach (var alert in frame.Alerts)
            rings |= rung.Add((alert.Whistle, alert.Cause, alert.Since));
        return new AlertNews(frame.Reset, frame.Alerts, frame.Over, frame.Unsigned, rings);
    }
}

/// <summary>What a console is to display.</summary>
/// <param name="Reset">It begins anew: what is not among <paramref name="New"/> or comes right after waits no more.</param>
/// <param name="Unsigned">How many wait for a signature in all: one notification tells of them together.</param>
/// <param name="Rings">True when something is among them that has not rung before.</param>
public sealed record AlertNews(bool Reset, IReadOnlyList<AlertView> New, IReadOnlyList<string> Over, int Unsigned, bool Rings);
