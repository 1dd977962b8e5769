using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>"Not ours" (退哨), and what the command centre says to it. Until it is ruled, nothing changes for the department (首接负责).</summary>
internal static class DisputeRules
{
    internal static ImmutableArray<GridEvent> Dispute(Whistle whistle, DisputeSummons command, Order order, GridContext context)
    {
        var summons = Require.ForDepartment(whistle, command.Department, Powers.Answer, order);
        Require.Working(summons);
        if (summons.Dispute is { } before && (before.IsOpen || before.Round == whistle.Round))
            throw new RefusedException(Refuse.AlreadyDisputed(before.At));
        if (summons.Outcome is { } outcome)
            throw new RefusedException(Refuse.OutcomeAwaitsAnswer(outcome.At));
        var until = SummonedAt(whistle, summons) + context.Pack.Disputes.Window;
        if (context.Now > until)
            throw new RefusedException(Refuse.DisputeWindowClosed(until));
        if (command.Instead is { } instead)
            Another(instead, summons, whistle, context);

        // Whoever says that it is not theirs has evidently received it.
        return AnsweringRules.WithSignature(whistle, summons, order, context, new SummonsDisputed(
            whistle.Id, context.Now, order.By, order.Key, summons.Department, whistle.Round, command.Reason, command.Instead));
    }

    internal static ImmutableArray<GridEvent> Rule(Whistle whistle, RuleDispute command, Order order, GridContext context)
    {
        if (!order.By.Holds(Powers.Command, whistle.District.Text))
            throw new RefusedException(Refuse.NotYourDistrict(whistle.District));
        var summons = Require.OfOpen(whistle, command.Department);
        if (summons.Dispute is not { IsOpen: true } dispute)
            throw new RefusedException(Refuse.NoDispute(summons.Department));
        if ((command.Kind == RulingKind.Reassigned) != (command.Instead is not null))
            throw new RefusedException(Refuse.InsteadMismatch(command.Instead is not null));
        if (command.Basis is null && command.Kind != RulingKind.Referred)
            throw new RefusedException(Refuse.RulingWithoutBasis());
        if (command.Kind == RulingKind.Referred && dispute.Referral is { } referral)
            throw new RefusedException(Refuse.AlreadyReferred(referral.At));
        var ruled = new DisputeRuled(
            whistle.Id, context.Now, order.By, order.Key, summons.Department, command.Kind, command.Text, command.Basis, summons.Role, command.Instead, null);
        return command.Instead is { } instead ? Reassign(whistle, summons, instead, ruled, context) : [ruled];
    }

    // A new round asks anew; who was summoned in its course has its own beginning.
    private static DateTimeOffset SummonedAt(Whistle whistle, Summons summons) =>
        new[] { whistle.RoundAt, summons.InPlaceOf?.At, whistle.ScheduleOf(summons)?.Since }.Max()!.Value;

    private static ImmutableArray<GridEvent> Reassign(Whistle whistle, Summons summons, DepartmentCode instead, DisputeRuled ruled, GridContext context)
    {
        if (summons.State == SummonsState.Settled)
            throw new RefusedException(Refuse.SummonsSettled(summons.Department));
        var department = Another(instead, summons, whistle, context);
        var there = whistle.SummonsOf(instead);
        if (there is null && whistle.Summonses.Length >= GridRules.MostDepartments)
            throw new RefusedException(Refuse.TooManyDepartments(GridRules.MostDepartments));

        // Who only cooperates can take the lead, and who was only told can take any part; who has its part already, or was let go, cannot.
        var takesOver = there is { Owes: true, Role: DutyRole.Cooperating } && summons.Role == DutyRole.Lead;
        if (there is not null && !takesOver && there is not { Role: DutyRole.Notified, Release: null })
            throw new RefusedException(Refuse.DepartmentAlreadySummoned(instead));
        var stamps = new ScheduleStamps(whistle.Level, whistle.Matter, context, before: whistle.Schedules?.Length ?? 0);
        var caused = takesOver ? ruled : ruled with { Summoned = stamps.Stamp(department, summons.Role, ruled.Basis), Schedules = stamps.Schedules };

        // Nobody leaves unreleased: the department is let go in so many words, wherever its crews are.
        return summons.Release is not null
            ? [caused]
            : [new DepartmentReleased(whistle.Id, ruled.At, ruled.By, ruled.Key, summons.Department, ruled.Text), caused];
    }

    private static Department Another(DepartmentCode instead, Summons summons, Whistle whistle, GridContext context)
    {
        if (instead == summons.Department)
            throw new RefusedException(Refuse.InsteadOfItself(instead));
        return Require.Party(whistle, instead, context.Pack);
    }
}
