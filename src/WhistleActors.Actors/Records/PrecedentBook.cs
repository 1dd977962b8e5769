using System.Collections.Immutable;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Records;

/// <summary>
/// The city's rulings as far as this node has followed the journal; grids look here when they propose whom to summon. A ruling of another node is
/// here within the second, and all are again after a start once the journal has been followed to its end. Folded by one writer, read by many.
/// </summary>
public sealed class PrecedentBook
{
    private Precedents now = Precedents.None;

    /// <summary>What is known now.</summary>
    public Precedents Now => Volatile.Read(ref now);

    internal void Take(Whistle whistle, GridEvent happened)
    {
        if (happened is DisputeRuled ruled && Precedent.Of(whistle, ruled) is { } precedent)
            Volatile.Write(ref now, now.With(precedent));
    }

    internal ImmutableArray<Precedent>? ToState() => now.All.Any() ? [.. now.All] : null;

    internal void Restore(ImmutableArray<Precedent>? state) =>
        Volatile.Write(ref now, (state ?? []).Aggregate(Precedents.None, (kept, precedent) => kept.With(precedent)));
}
