namespace WhistleActors.Client;

/// <summary>What a caller may say about one command.</summary>
/// <param name="Key">
/// Its <c>Idempotency-Key</c>, 1 to 128 visible ASCII characters. Left out, the client makes one. Give your own when you store it, so that even
/// another process may repeat the command.
/// </param>
/// <param name="IfVersion">Refuse the command unless the whistle is at this version.</param>
public sealed record CommandOptions(string? Key = null, long? IfVersion = null);
