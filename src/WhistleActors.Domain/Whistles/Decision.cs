using System.Collections.Immutable;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What the rules say to an order.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>These events are to be stored together, and then the order has taken effect.</summary>
    public sealed record Accepted(ImmutableArray<GridEvent> Events) : Decision;

    /// <summary>The order took effect before; it is answered as it was then.</summary>
    public sealed record Repeated(RememberedCommand Before) : Decision;

    /// <summary>Nothing changes.</summary>
    public sealed record Refused(Refusal Refusal) : Decision;
}
