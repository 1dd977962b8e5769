using WhistleActors.Contract.Alerts;

namespace WhistleActors.Client.Alerts;

/// <summary>What waits, as far as frames have told.</summary>
internal sealed class AlertPicture<TAlert, TName>(Func<TAlert, TName> nameOf, Func<TAlert, AlertView> viewOf)
    where TName : notnull
{
    private readonly Dictionary<TName, TAlert> waiting = [];

    // What rang once does not ring again because a connection was lost, or because it is shown with another deadline; a second whistle does.
    private readonly HashSet<(TName Name, AlertCause Cause, DateTimeOffset Since)> rung = [];

    internal IReadOnlyList<TAlert> Waiting =>
        [.. waiting.Values.OrderBy(alert => viewOf(alert).Since).ThenBy(alert => viewOf(alert).Whistle, StringComparer.Ordinal)];

    /// <summary>Takes a frame in.</summary>
    /// <returns>Whether something is among it that has not rung before.</returns>
    internal bool Take(bool reset, bool complete, IReadOnlyList<TAlert> alerts, IReadOnlyList<TName> over)
    {
        if (reset)
            waiting.Clear();
        foreach (var name in over)
            waiting.Remove(name);
        foreach (var alert in alerts)
            waiting[nameOf(alert)] = alert;
        if (complete)
            rung.RemoveWhere(known => !waiting.TryGetValue(known.Name, out var alert) || (viewOf(alert).Cause, viewOf(alert).Since) != (known.Cause, known.Since));
        var rings = false;
        foreach (var alert in alerts)
            rings |= rung.Add((nameOf(alert), viewOf(alert).Cause, viewOf(alert).Since));
        return rings;
    }
}

/// <summary>What a console is to display.</summary>
/// <param name="Reset">It begins anew: what is not among <paramref name="New"/> or comes right after waits no more.</param>
/// <param name="Unsigned">How many wait for a signature in all: one notification tells of them together.</param>
/// <param name="Rings">True when something is among them that has not rung before.</param>
public sealed record AlertNews(bool Reset, IReadOnlyList<AlertView> New, IReadOnlyList<string> Over, int Unsigned, bool Rings);

/// <summary>What a console of a district's command is to display; as <see cref="AlertNews"/>.</summary>
public sealed record EscalationNews(bool Reset, IReadOnlyList<EscalatedAlert> New, IReadOnlyList<AlertName> Over, int Unsigned, bool Rings);
