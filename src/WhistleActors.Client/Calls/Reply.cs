namespace WhistleActors.Client.Calls;

/// <summary>The good answer to a call.</summary>
internal sealed record Reply(byte[] Body, bool Replayed, int Attempts);
