using System.Collections.Immutable;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Domain.Whistles.Rules;

namespace WhistleActors.Domain.Whistles;

/// <summary>The rules of a whistle's life: what may happen to it, and what then has happened. Pure.</summary>
public static class GridRules
{
    /// <summary>More departments than any duty list names: a limit against mistakes and abuse.</summary>
    public const int MostDepartments = 50;

    /// <summary>More open whistles than one cell can sensibly have: a limit that keeps a grid's state small.</summary>
    public const int MostOpenWhistles = 200;

    /// <summary>Room beyond that, for emergencies alone: a full grid still lets them sound.</summary>
    public const int EmergencyReserve = 50;

    /// <summary>No date that a department promises lies further ahead.</summary>
    public const int FarthestYears = 5;

    /// <summary>Decides an order: the events that it causes, the answer that it had before, or a refusal.</summary>
    public static Decision Decide(GridState state, Order order, GridContext context)
    {
        if (order.Key is { } key && state.Commands.TryGetValue(key.For(order.By), out var before))
            return before.Fingerprint == key.Fingerprint ? new Decision.Repeated(before) : new Decision.Refused(Refuse.KeyReused());
        try
        {
            context = context with { Now = NotBefore(state, context.Now) };
            return new Decision.Accepted(order.Command switch
            {
                BlowWhistle blow => [BlowingRules.Blow(state, blow, order, context)],
                WhistleCommand command => Change(state, command, order, context),
                _ => throw new ArgumentOutOfRangeException(nameof(order), order.Command, "unknown command"),
            });
        }
        catch (RefusedException refused)
        {
            return new Decision.Refused(refused.Refusal);
        }
    }

    /// <summary>
    /// What time alone has done by <paramref name="now"/> and was not recorded yet, such as clocks that have run out, in the order in
    /// which it came about.
    /// </summary>
    public static ImmutableArray<GridEvent> PassTime(GridState state, DateTimeOffset now) => PassTime(state, state.Whistles.Keys, now);

    /// <summary>The same, for whoever knows of which whistles time has done anything, so that it need not look at all.</summary>
    public static ImmutableArray<GridEvent> PassTime(GridState state, IEnumerable<WhistleId> due, DateTimeOffset now)
    {
        var at = NotBefore(state, now);
        return [.. TimeRules.Pass(due.OrderBy(id => id.Number).Select(id => state.Whistles[id]), at)];
    }

    /// <summary>True when an order is about an ended whistle that the grid has put away: to decide it, <see cref="GridContext.Recalled"/> is needed.</summary>
    public static bool MustRecall(GridState state, Order order) =>
        order.Command is EndedWhistleCommand command && !state.Whistles.ContainsKey(command.Whistle)
        && (order.Key is not { } key || !state.Commands.ContainsKey(key.For(order.By)));

    /// <summary>The instant that counts for a grid: clocks of two nodes differ, and within a grid time never runs backwards.</summary>
    public static DateTimeOffset NotBefore(GridState state, DateTimeOffset now) => now > state.LastAt ? now : state.LastAt;

    private static ImmutableArray<GridEvent> Change(GridState state, WhistleCommand command, Order order, GridContext context)
    {
        var whistle = Find(state, command, context);
        if (order.IfVersion is { } expected && expected != whistle.Version)
            throw new RefusedException(Refuse.Outdated(expected, whistle.Version));
        if (whistle.Stage == WhistleStage.Proposed && command is not (EarlyWhistleCommand or EndedWhistleCommand))
            throw new RefusedException(Refuse.NotSounded());

        // What ran out before this command is recorded before it, even if the alarm that would have done so is a moment late; and the command
        // finds the whistle as time has left it.
        var passed = TimeRules.Pass([whistle], context.Now).ToImmutableArray();
        foreach (var happened in passed)
            whistle = GridFold.Apply(whistle, happened);
        ImmutableArray<GridEvent> caused = command switch
        {
            SignSummons sign => AnsweringRules.Sign(whistle, sign, order, context),
            Depart depart => AnsweringRules.Depart(whistle, depart, order, context),
            RecallCrew recall => AnsweringRules.Recall(whistle, recall, order, context),
            CheckInCrew checkIn => PresenceRules.CheckIn(whistle, checkIn, order, context),
            ReportOutcome report => OutcomeRules.Report(whistle, report, order, context),
            AcceptOutcome accept => OutcomeRules.Accept(whistle, accept, order, context),
            VetoOutcome veto => OutcomeRules.VetoOutcome(whistle, veto, order, context),
            ReleaseDepartment release => PresenceRules.Release(whistle, release, order, context),
            RecordPerson person => DossierRules.Record(whistle, person, order, context),
            RecordMatter matter => DossierRules.Record(whistle, matter, order, context),
            RecordObject thing => DossierRules.Record(whistle, thing, order, context),
            AddNote note => DossierRules.Note(whistle, note, order, context),
            ReleaseCrew release => PresenceRules.ReleaseCrew(whistle, release, order, context),
            LeaveSite leave => PresenceRules.Leave(whistle, leave, order, context),
            DisputeSummons dispute => DisputeRules.Dispute(whistle, dispute, order, context),
            RuleDispute rule => DisputeRules.Rule(whistle, rule, order, context),
            CallSubstitute call => SubstituteRules.Call(whistle, call, order, context),
            ContactInitiator contact => ClockRules.Contact(whistle, contact, order, context),
            RecordMeasure measure => ClockRules.Measure(whistle, measure, order, context),
            FileReport file => ClockRules.FileReport(whistle, file, order, context),
            RequestExtension request => DelayRules.RequestExtension(whistle, request, order, context),
            ApproveExtension approve => DelayRules.ApproveExtension(whistle, approve, order, context),
            RefuseExtension refuse => DelayRules.RefuseExtension(whistle, refuse, order, context),
            RequestSuspension request => DelayRules.RequestSuspension(whistle, request, order, context),
            ApproveSuspension approve => DelayRules.ApproveSuspension(whistle, approve, order, context),
            RefuseSuspension refuse => DelayRules.RefuseSuspension(whistle, refuse, order, context),
            EndSuspension end => DelayRules.EndSuspension(whistle, end, order, context),
            ReportMilestone milestone => LedgerRules.ReportMilestone(whistle, milestone, order, context),
            CompleteLedger complete => LedgerRules.Complete(whistle, complete, order, context),
            ConfirmLedger confirm => LedgerRules.Confirm(whistle, confirm, order, context),
            RefuseLedger refuse => LedgerRules.RefuseCompletion(whistle, refuse, order, context),
            RequestLedgerExtension request => LedgerRules.RequestExtension(whistle, request, order, context),
            ApproveLedgerExtension approve => LedgerRules.ApproveExtension(whistle, approve, order, context),
            RefuseLedgerExtension refuse => LedgerRules.RefuseExtension(whistle, refuse, order, context),
            WithdrawWhistle withdraw => EndingRules.Withdraw(whistle, withdraw, order, context),
            CloseWhistle close => EndingRules.Close(whistle, close, order, context),
            ApproveWhistle => ApprovalRules.Approve(whistle, order, context),
            RejectWhistle reject => ApprovalRules.Reject(whistle, reject, order, context),
            JoinWhistle => JointRules.Join(whistle, order, context),
            DeclineWhistle decline => JointRules.Decline(whistle, decline, order, context),
            AddReport add => MergeRules.Add(whistle, add, order, context),
            MergeWhistle merge => MergeRules.Merge(state, whistle, merge, order, context),
            VoidWhistle voids => EndingRules.VoidWhistle(whistle, voids, order, context),
            ReopenWhistle reopen => RoundRules.Reopen(state, whistle, reopen, order, context),
            BlowAgain again => RoundRules.BlowAgain(whistle, again, order, context),
            ConveneConference convene => ConferenceRules.Convene(whistle, convene, order, context),
            StatePosition position => ConferenceRules.State(whistle, position, order, context),
            ProposeMeasure propose => ConferenceRules.Propose(whistle, propose, order, context),
            AnswerProposal answer => ConferenceRules.Answer(whistle, answer, order, context),
            DecideConference decide => ConferenceRules.Decide(whistle, decide, order, context),
            CompleteTask complete => ActionPlanRules.Complete(whistle, complete, order, context),
            ConfirmTask confirm => ActionPlanRules.Confirm(whistle, confirm, order, context),
            ReturnTask goBack => ActionPlanRules.Return(whistle, goBack, order, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "unknown command"),
        };
        return [.. passed, .. caused];
    }

    private static Whistle Find(GridState state, WhistleCommand command, GridContext context)
    {
        if (state.Whistles.TryGetValue(command.Whistle, out var whistle))
            return whistle;
        if (command is EndedWhistleCommand)
            return context.Recalled ?? throw new RefusedException(Refuse.UnknownWhistle(command.Whistle.Text));
        throw new RefusedException(state.Ended.TryGetValue(command.Whistle, out var ended)
            ? Refuse.WhistleNotOpen(ended.Stage, ended.At)
            : Refuse.UnknownWhistle(command.Whistle.Text));
    }
}
