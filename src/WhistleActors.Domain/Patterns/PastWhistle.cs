using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Patterns;

/// <summary>What patterns look at of a whistle that was blown.</summary>
/// <param name="TookProposal">True when exactly those were summoned whom the duty list proposed.</param>
public readonly record struct PastWhistle(WhistleId Id, MatterCode Matter, DateTimeOffset At, bool TookProposal);
