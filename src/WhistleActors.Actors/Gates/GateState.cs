namespace WhistleActors.Actors.Gates;

/// <summary>How it goes at a gate.</summary>
public enum GateState
{
    /// <summary>Nobody waits.</summary>
    Free,

    /// <summary>Some wait for their turn; nobody was turned away lately.</summary>
    Busy,

    /// <summary>Somebody was turned away within the last ten seconds.</summary>
    Saturated,
}

/// <summary>What a gate counts.</summary>
/// <param name="Inside">With the actors now.</param>
/// <param name="Waiting">Before the gate now, all levels.</param>
/// <param name="TurnedAway">Since the node started.</param>
public sealed record GateFigures(GateState State, int Inside, int Waiting, long TurnedAway);
