namespace WhistleActors.Domain;

/// <summary>One text in the two languages that every user-visible text exists in.</summary>
/// <param name="Zh">Simplified Chinese.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Zh, string En);
