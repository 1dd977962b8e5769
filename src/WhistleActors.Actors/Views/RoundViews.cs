using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles;
using Wire = WhistleActors.Contract.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of the rounds before the present one.</summary>
internal static class RoundViews
{
    internal static IReadOnlyList<PastRoundView> ToView(this PastRounds past) =>
    [
        .. past.Rounds.Select(round => new PastRoundView(
            round.Round, round.At, round.By.ToView(), round.Reason, round.Found, round.ClosedAt, [.. round.Summonses.Select(ToView)])),
    ];

    private static PastSummonsView ToView(PastSummons summons) => new(
        summons.Department.Text,
        (DutyRole)summons.Role,
        (Wire.SummonsState)summons.State,
        summons.CheckedInAt,
        summons.Late,
        (Wire.OutcomeKind?)summons.Outcome,
        summons.Vetoes);
}
