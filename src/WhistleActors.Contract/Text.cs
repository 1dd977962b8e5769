namespace WhistleActors.Contract;

/// <summary>One text in the two languages that every user-visible text exists in.</summary>
public sealed record Text(string Zh, string En);
