namespace WhistleActors.Domain.Refusals;

/// <summary>A command that was not accepted; nothing has changed.</summary>
/// <param name="Code">Stable; callers branch on it.</param>
/// <param name="Detail">What was wrong.</param>
/// <param name="Remedy">What would have been right.</param>
public sealed record Refusal(string Code, RefusalKind Kind, LocalizedText Detail, LocalizedText Remedy);
