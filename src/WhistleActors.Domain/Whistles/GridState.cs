using System.Collections.Immutable;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles;

/// <summary>
/// What a grid knows: its whistles, and the commands that it accepted lately. The grid is the consistency boundary of a whistle's whole life.
/// Of a whistle that ended it keeps, from the next one on, only how; its events in the journal tell the rest. So the state does not
/// grow with the grid's age, nor much with a day's storm.
/// </summary>
/// <param name="Sequence">How many events the grid has had.</param>
/// <param name="LastAt">When its last event happened; a command never counts as earlier.</param>
/// <param name="ForgottenAt">When it last looked for what may be forgotten.</param>
/// <param name="Whistles">The open ones, those with a ledger entry that is not done, and those that ended since the last one was blown.</param>
/// <param name="Ended">The others that ended lately.</param>
/// <param name="Commands">By who gave it and its key.</param>
/// <param name="Past">Whistles that a new one may repeat, oldest first; a few, and none older than <see cref="LongestMemory"/>.</param>
/// <param name="Returns">
/// Of each whistle to which something happened after its end, the numbers that those events have in the grid's journal. Kept for ever, one number
/// for each return, and returns are rare: so a whistle's history is read whole, and never the grid's life in between.
/// </param>
public sealed record GridState(
    GridCode Grid,
    long Sequence,
    DateTimeOffset LastAt,
    DateTimeOffset ForgottenAt,
    ImmutableDictionary<WhistleId, Whistle> Whistles,
    ImmutableDictionary<WhistleId, EndedWhistle> Ended,
    ImmutableDictionary<string, RememberedCommand> Commands,
    ImmutableArray<RememberedWhistle>? Past = null,
    ImmutableDictionary<WhistleId, ImmutableArray<long>>? Returns = null)
{
    /// <summary>How long accepted commands and ended whistles are remembered, at the least.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <summary>How often it is looked for what may be forgotten.</summary>
    public static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    /// <summary>How many whistles a grid remembers to recognise a repeat.</summary>
    public const int MostPast = 50;

    /// <summary>How long it remembers them; no pack may ask for more.</summary>
    public static readonly TimeSpan LongestMemory = TimeSpan.FromDays(366);

    public static GridState Empty(GridCode grid) => new(
        grid,
        0,
        DateTimeOffset.MinValue,
        DateTimeOffset.MinValue,
        ImmutableDictionary<WhistleId, Whistle>.Empty,
        ImmutableDictionary<WhistleId, EndedWhistle>.Empty,
        ImmutableDictionary<string, RememberedCommand>.Empty);

    /// <summary>The whistles that sound and have not ended.</summary>
    public IEnumerable<Whistle> OpenWhistles => Whistles.Values.Where(whistle => whistle.Stage == WhistleStage.Open);

    /// <summary>Where in the grid's journal a whistle's history goes on after an end.</summary>
    public ImmutableArray<long> ReturnsOf(WhistleId whistle) => Returns?.GetValueOrDefault(whistle) is { IsDefault: false } returns ? returns : [];

    /// <summary>True while the grid has to be there when its time comes: a whistle is open, or a ledger entry of one is not done.</summary>
    public bool IsAwaited => Whistles.Values.Any(whistle => !whistle.IsOver);

    /// <summary>When the next clock of any open whistle runs out; null when none runs.</summary>
    public DateTimeOffset? NextDeadline => Whistles.Values.Select(whistle => whistle.NextDeadline).Min();
}

/// <summary>What is remembered of a whistle that ended.</summary>
public sealed record EndedWhistle(WhistleStage Stage, DateTimeOffset At);

/// <summary>An accepted command, remembered so that its repetition takes effect once and gets the same answer.</summary>
/// <param name="Fingerprint">Of the request's content; another content under the same key is refused.</param>
/// <param name="Version">The whistle's version after it: the answer was the whistle at this version.</param>
public sealed record RememberedCommand(string Fingerprint, WhistleId Whistle, long Version, DateTimeOffset At);
