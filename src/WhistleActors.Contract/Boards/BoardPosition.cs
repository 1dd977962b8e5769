namespace WhistleActors.Contract.Boards;

/// <summary>How far a client has followed a board. Meaningful only together with the epoch that it came from.</summary>
public sealed record BoardPosition(string Epoch, long Sequence);
