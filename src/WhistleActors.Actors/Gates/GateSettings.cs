namespace WhistleActors.Actors.Gates;

/// <summary>How wide the gates in front of the actors are, each of them.</summary>
/// <param name="AtOnce">Orders and questions that are with the actors at once; one actor has at most a quarter of them.</param>
/// <param name="Waiting">What may wait for its turn: daily business half of it, campaigns and daily business together all of it, emergencies twice as many on top.</param>
public sealed record GateSettings(int AtOnce = 1_000, int Waiting = 4_000);
