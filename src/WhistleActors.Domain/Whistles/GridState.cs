using System.Collections.Immutable;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles;

/// <summary>
/// What a grid knows: its whistles, and the commands that it accepted lately. The grid is the consistency boundary of a whistle's whole life.
/// A whistle that ended is kept for <see cref="Memory"/>, so that repeated and late commands get the right answer; after that its
/// events in the journal speak for it.
/// </summary>
/// <param name="Sequence">How many events the grid has had.</param>
/// <param name="LastAt">When its last event happened; a command never counts as earlier.</param>
/// <param name="Commands">By who gave it and its key.</param>
public sealed record GridState(
    GridCode Grid,
    long Sequence,
    DateTimeOffset LastAt,
    ImmutableDictionary<WhistleId, Whistle> Whistles,
    ImmutableDictionary<string, RememberedCommand> Commands)
{
    /// <summary>How long accepted commands and ended whistles are remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    public static GridState Empty(GridCode grid) => new(
        grid, 0, DateTimeOffset.MinValue, ImmutableDictionary<WhistleId, Whistle>.Empty, ImmutableDictionary<string, RememberedCommand>.Empty);

    /// <summary>The whistles that have not ended.</summary>
    public IEnumerable<Whistle> OpenWhistles => Whistles.Values.Where(whistle => whistle.Stage == WhistleStage.Open);

    /// <summary>When the next clock of any open whistle runs out; null when none runs.</summary>
    public DateTimeOffset? NextDeadline => Whistles.Values.Select(whistle => whistle.NextDeadline).Min();
}

/// <summary>An accepted command, remembered so that its repetition takes effect once and gets the same answer.</summary>
/// <param name="Fingerprint">Of the request's content; another content under the same key is refused.</param>
/// <param name="Version">The whistle's version after it: the answer was the whistle at this version.</param>
public sealed record RememberedCommand(string Fingerprint, WhistleId Whistle, long Version, DateTimeOffset At);
