using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles;

/// <summary>What the rules may look at besides the grid's own state.</summary>
/// <param name="Grid">The grid as the present city pack draws it; null when the pack no longer has it.</param>
/// <param name="Now">The instant of the command.</param>
public sealed record GridContext(CityPack Pack, Grid? Grid, DateTimeOffset Now)
{
    /// <summary>The city's rulings, as far as the node has heard of them.</summary>
    public Precedents Precedents { get; init; } = Precedents.None;

    /// <summary>
    /// The whistle that the order is about, as the journal tells it: for an order about an ended whistle that the grid itself holds no more (see
    /// <see cref="GridRules.MustRecall"/>). Null when there never was such a whistle.
    /// </summary>
    public Whistle? Recalled { get; init; }
}
