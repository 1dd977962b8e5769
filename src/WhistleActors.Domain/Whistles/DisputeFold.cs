using System.Collections.Immutable;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What a ruling makes of the summonses of a whistle.</summary>
internal static class DisputeFold
{
    /// <summary>
    /// The summons that was disputed. A department that was let go stays on the whistle as one that is told: it owes nothing, and sees how it goes on.
    /// </summary>
    internal static Summons Rule(Summons summons, DisputeRuled ruled)
    {
        var dispute = summons.Dispute!;
        return ruled.Kind == RulingKind.Referred
            ? summons with { Dispute = dispute with { Referral = new Referral(ruled.At, ruled.By!, ruled.Text, ruled.Basis) } }
            : summons with
            {
                Role = ruled.Kind == RulingKind.Reassigned ? DutyRole.Notified : summons.Role,
                Dispute = dispute with { Ruling = new Ruling(ruled.At, ruled.By!, ruled.Kind, ruled.Text, ruled.Basis!, ruled.Role, ruled.Instead) },
            };
    }

    /// <summary>All summonses: who takes the place of the department stands where it stood, and the department comes last.</summary>
    internal static ImmutableArray<Summons> Rule(ImmutableArray<Summons> summonses, DisputeRuled ruled)
    {
        if (ruled.Instead is not { } instead)
            return summonses;
        var before = summonses.FirstOrDefault(summons => summons.Department == instead);
        var successor = ruled.Summoned is { } stamped ? SummonsFold.Begin(stamped) : TakeOver(before!, ruled.Role);
        var let = summonses.First(summons => summons.Department == ruled.Department);
        return
        [
            .. summonses
                .Where(summons => summons.Department != instead)
                .Select(summons => summons == let ? successor with { InPlaceOf = new Reassignment(ruled.At, ruled.Department) } : summons),
            let,
        ];
    }

    // What it has done already counts on. It may dispute the new role even if it disputed the old one.
    private static Summons TakeOver(Summons summons, DutyRole role) =>
        summons with { Role = role, Dispute = summons.Dispute is { IsOpen: true } open ? open : null };
}
