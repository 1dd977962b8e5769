using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>The rounds before the present one (一次哨, 二次哨, …), in short: their events in the journal tell the rest.</summary>
public sealed record PastRounds(ImmutableArray<PastRound> Rounds)
{
    /// <summary>How often the department's work was sent back in those rounds.</summary>
    public int VetoesOf(DepartmentCode department) =>
        Rounds.Sum(round => round.Summonses.Where(summons => summons.Department == department).Sum(summons => summons.Vetoes));
}

/// <summary>One earlier round.</summary>
/// <param name="At">When the next one was blown.</param>
/// <param name="Reason">Why: what had not worked.</param>
/// <param name="Found">What the revisit found (回访), when the whistle had been closed.</param>
/// <param name="ClosedAt">When it had been closed; null when the next round followed without a closing.</param>
public sealed record PastRound(
    int Round, DateTimeOffset At, Officer By, string Reason, string? Found, DateTimeOffset? ClosedAt, ImmutableArray<PastSummons> Summonses);

/// <summary>What one department had done by the end of a round.</summary>
/// <param name="Late">A clock of it ran out before it answered.</param>
/// <param name="Vetoes">How often its work was sent back.</param>
public sealed record PastSummons(
    DepartmentCode Department, DutyRole Role, SummonsState State, DateTimeOffset? CheckedInAt, bool Late, OutcomeKind? Outcome, int Vetoes)
{
    internal static PastSummons Of(Summons summons) => new(
        summons.Department,
        summons.Role,
        summons.State,
        summons.CheckIn?.At,
        Late: Clocks.InOrder.Any(clock => summons.PassedAt(clock) is not null),
        summons.Outcome?.Kind,
        summons.Vetoes.Length);
}
