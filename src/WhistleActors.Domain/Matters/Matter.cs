namespace WhistleActors.Domain.Matters;

/// <summary>A class of problem (事项), such as a burst water main.</summary>
/// <param name="Category">The big class that it belongs to, shown as a heading.</param>
public sealed record Matter(MatterCode Code, LocalizedText Name, LocalizedText Category);
