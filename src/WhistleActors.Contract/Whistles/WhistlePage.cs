namespace WhistleActors.Contract.Whistles;

/// <summary>One page of a list of whistles.</summary>
/// <param name="Next">Cursor of the next page; null on the last.</param>
public sealed record WhistlePage(IReadOnlyList<WhistleView> Whistles, string? Next);
