using System.Collections.Immutable;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>
/// What was stored as one event before its kind was split into several. It still counts as one: versions and sequence numbers count what is stored, and are kept in snapshots, in other
/// actors and by callers.
/// </summary>
/// <param name="Parts">Of one whistle, in their order, at least one. Only the first may carry the key of the command.</param>
public sealed record EventsAtOnce(ImmutableArray<GridEvent> Parts);
