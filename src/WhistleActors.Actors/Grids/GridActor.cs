using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using Microsoft.Extensions.Logging;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Operations;
using WhistleActors.Actors.Waking;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Grids;

/// <summary>
/// A grid. A thin shell around <see cref="GridRules"/>: it stores what they decide, answers after that, tells the departments and the
/// boards, and keeps the alarm set to its next deadline. It stays in memory while a whistle is open, a ledger entry is not
/// done, or news of a whistle is not yet heard.
/// </summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "An actor's end is PostStop; the alarm is disposed there.")]
internal sealed class GridActor : CityActor
{
    private const int EventsPerSnapshot = 200;
    private const string Prefix = "grid-";

    private readonly CityNode node;
    private readonly Grid? grid;
    private readonly Alarm alarm;
    private readonly Agenda<WhistleId> deadlines = new();
    private readonly Dictionary<(WhistleId Whistle, DepartmentCode Department), long> unheard = [];
    private GridState state;
    private IActorRef waiting = ActorRefs.Nobody;

    // The order that is being stored, and its storing, for whoever records its trace.
    private Activity? working;
    private Activity? storing;

    public GridActor(GridCode code, CityNode node)
    {
        this.node = node;
        grid = node.Pack.Territory.Grids.GetValueOrDefault(code);
        state = GridState.Empty(code);
        PersistenceId = PersistenceIdOf(code);
        var self = Self;
        alarm = new Alarm(node.Clock, () => self.Tell(LookAtClock.Instance));
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    internal static string PersistenceIdOf(GridCode grid) => $"{Prefix}{grid.Text}";

    /// <summary>The grid whose events these are; null when they are another actor's.</summary>
    internal static GridCode? CodeOf(string persistenceId) =>
        persistenceId.StartsWith(Prefix, StringComparison.Ordinal) && GridCode.TryParse(persistenceId[Prefix.Length..], out var code) ? code : null;

    protected override void PreStart() => LeaveWhenIdle(node.Pace.GridIdleAfter);

    protected override void PostStop()
    {
        alarm.Dispose();
        base.PostStop();
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: GridState snapshot }:
                state = snapshot;
                break;
            case GridEvent happened:
                state = GridFold.Apply(state, happened);
                break;
            case EventsAtOnce happened:
                state = GridFold.Apply(state, happened);
                break;
            case RecoveryCompleted:
                TellAllDepartments();
                foreach (var whistle in state.Whistles.Values)
                    deadlines.Set(whistle.Id, whistle.NextDeadline);
                alarm.Set(deadlines.Soonest);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case GiveOrder order when GridRules.MustRecall(state, order.Order):
                Recall(order, Sender);
                break;
            case GiveOrder order:
                Decide(order, Sender, recalled: null);
                break;
            case Recalled back:
                TakeUp(back);
                break;
            case Confirmed confirmed:
                Answer(confirmed);
                break;
            case RecallFailed failed:
                failed.From.Tell(new OrderNotStored(failed.Reason));
                break;
            case LookAtClock:
                alarm.Rang();
                RecordPassedDeadlines();
                break;
            case NewsHeard heard:
                Hear(heard);
                break;
            case AskWhistle ask:
                Sender.Tell(state.Whistles.TryGetValue(ask.Whistle, out var asked) ? new PublishedWhistle(asked) : new WhistleNotHere(ask.Whistle));
                break;
            case AskReturns ask:
                Sender.Tell(new Returns(ask.Whistle, state.ReturnsOf(ask.Whistle)));
                break;
            case AskGrid:
                Sender.Tell(new GridAnswer(state.Grid, [.. state.OpenWhistles.OrderBy(whistle => whistle.Id.Number)]));
                break;
            case AskSummons ask:
                TellNews(ask, Sender);
                break;
            case WakeGrid:
                break;
            case SaveGrid:
                if (LastSequenceNr > 0)
                    SaveSnapshot(state);
                break;
            case RepeatNews:
                TellUnheard();
                break;
            case ReceiveTimeout when !state.IsAwaited && unheard.Count == 0:
                Context.Parent.Tell(new Passivate(StopGrid.Instance));
                break;
            case StopGrid:
                Context.Stop(Self);
                break;
            default:
                KeepHouse(message);
                break;
        }
    }

    protected override void NotStored(Exception cause)
    {
        if (node.Log.IsEnabled(LogLevel.Warning))
            node.Log.LogWarning(cause, "Grid {Grid}: what was ordered is not stored, and its caller is told so (trace {TraceId})", state.Grid.Text, working?.TraceId.ToHexString() ?? "none");
        CityTrace.EndNotStored(working, storing);
        waiting.Tell(new OrderNotStored(cause.Message));
    }

    // Only the journal tells of a whistle that was put away long ago. Orders that come meanwhile are decided meanwhile.
    private void Recall(GiveOrder order, IActorRef from)
    {
        var whistle = ((WhistleCommand)order.Order.Command).Whistle;
        var returns = state.ReturnsOf(whistle);
        RecallAsync().PipeTo(Self);

        async Task<object> RecallAsync()
        {
            try
            {
                return new Recalled(order, from, returns, await node.History().WhistleAtAsync(whistle, returns, long.MaxValue, CancellationToken.None));
            }
            catch (Exception cause)
            {
                return new RecallFailed(from, cause.Message);
            }
        }
    }

    // What was read counts only if the whistle has not come back and gone again since.
    private void TakeUp(Recalled back)
    {
        if (state.ReturnsOf(((WhistleCommand)back.Order.Order.Command).Whistle).SequenceEqual(back.Returns))
            Decide(back.Order, back.From, back.Whistle);
        else
            Recall(back.Order, back.From);
    }

    private void Decide(GiveOrder order, IActorRef from, Whistle? recalled)
    {
        var span = CityTrace.Begin("grid order", order.Trace)?.SetTag("whistle.grid", state.Grid.Text).SetTag("whistle.command", order.Order.Command.GetType().Name);
        var context = new GridContext(node.Pack, grid, node.Clock.GetUtcNow()) { Precedents = node.Precedents(), Recalled = recalled };
        switch (GridRules.Decide(state, order.Order, context))
        {
            case Decision.Refused refused:
                Refuse(refused.Refusal, from);
                span.End(refused.Refusal.Code);
                break;
            case Decision.Repeated repeated:
                from.Tell(new OrderRepeated(repeated.Before.Whistle, repeated.Before.Version));
                span.End("repeated");
                break;
            case Decision.Accepted accepted:
                waiting = from;
                working = span;
                Store(accepted.Events, published =>
                {
                    waiting.Tell(new OrderAccepted(published.Whistle.Id, published.Whistle.Version, published.Json));
                    waiting = ActorRefs.Nobody;
                    working?.SetTag("whistle.id", published.Whistle.Id.Text).End("accepted");
                    working = null;
                });
                break;
        }
    }

    // A refusal is an answer too. Who was cut off and followed by another owner finds that out when it stores, and would refuse by what is long past.
    private void Refuse(Refusal refusal, IActorRef from) => AnswerIfNewest(new OrderRefused(refusal), from, new OrderNotStored("Another owner of the grid knows more than this one."));

    // Before it says what only the newest state can tell, the grid asks the journal whether that knows more.
    private void AnswerIfNewest(object answer, IActorRef to, object? otherwise) => node.History().NewestOfAsync(state.Grid, LastSequenceNr).PipeTo(
        Self,
        success: newest => new Confirmed(answer, to, otherwise, newest),
        failure: _ => new Confirmed(answer, to, otherwise, Newest: null));

    private void Answer(Confirmed confirmed)
    {
        // What the grid itself has stored since is no news to it.
        if (confirmed.Newest <= LastSequenceNr)
        {
            confirmed.To.Tell(confirmed.Answer);
            return;
        }

        if (confirmed.Otherwise is { } otherwise)
            confirmed.To.Tell(otherwise);
        if (confirmed.Newest is not null)
            Context.Stop(Self);
    }

    private void RecordPassedDeadlines()
    {
        var now = GridRules.NotBefore(state, node.Clock.GetUtcNow());
        var passed = GridRules.PassTime(state, deadlines.Before(now), now);
        if (passed.IsEmpty)
            alarm.Set(deadlines.Soonest);
        else
            Store(passed, _ => { });
    }

    private void Store(ImmutableArray<GridEvent> events, Action<PublishedWhistle> then)
    {
        var before = state;
        var left = events.Length;
        storing = CityTrace.Begin("grid persist", CityTrace.Of(working))?.SetTag("whistle.events", events.Length);
        PersistAll(events, happened =>
        {
            state = GridFold.Apply(state, happened);
            if (happened is CrewCheckedIn checkedIn)
                CityMeter.CheckedIn(checkedIn, state.Whistles[happened.Whistle]);
            if (--left > 0)
                return;

            storing?.Stop();
            storing = null;
            PublishedWhistle? last = null;
            foreach (var id in events.Select(e => e.Whistle).Distinct())
            {
                last = new PublishedWhistle(state.Whistles[id]);
                deadlines.Set(id, last.NextDeadline);
                TellDepartments(before.Whistles.GetValueOrDefault(id), last.Whistle);
                node.Publish(last);
            }

            then(last!);
            alarm.Set(deadlines.Soonest);
            if (LastSequenceNr / EventsPerSnapshot > (LastSequenceNr - events.Length) / EventsPerSnapshot)
                SaveSnapshot(state);
        });
    }

    private void TellDepartments(Whistle? before, Whistle whistle)
    {
        // What waits for its approval is news to nobody; once approved it is news to all.
        if (!whistle.HasSounded)
            return;
        if (before is { HasSounded: false })
            before = null;
        foreach (var summons in whistle.Summonses)
        {
            var now = HeldSummons.Of(whistle, summons);
            var then = before?.SummonsOf(summons.Department) is { } old ? HeldSummons.Of(before, old) with { Version = now.Version } : null;
            if (now != then)
                Tell(whistle, summons, now);
        }
    }

    private void TellAllDepartments()
    {
        foreach (var whistle in state.OpenWhistles)
        {
            foreach (var summons in whistle.Summonses)
                Tell(whistle, summons, HeldSummons.Of(whistle, summons));
        }
    }

    private void Tell(Whistle whistle, Summons summons, HeldSummons news)
    {
        unheard[(whistle.Id, summons.Department)] = news.Version;
        node.Departments().Tell(new SummonsNews(summons.Department, whistle.Id, news, CityTrace.Of(working)));
        if (!Timers.IsTimerActive(nameof(RepeatNews)))
            Timers.StartSingleTimer(nameof(RepeatNews), RepeatNews.Instance, node.Pace.RepeatNewsAfter);
    }

    private void TellUnheard()
    {
        foreach (var (id, department) in unheard.Keys.ToList())
        {
            if (state.Whistles.TryGetValue(id, out var whistle) && whistle.SummonsOf(department) is { } summons)
                Tell(whistle, summons, HeldSummons.Of(whistle, summons));
            else
                unheard.Remove((id, department));
        }
    }

    private void Hear(NewsHeard heard)
    {
        if (unheard.TryGetValue((heard.Whistle, heard.Department), out var told) && heard.Version >= told)
            unheard.Remove((heard.Whistle, heard.Department));
    }

    private void TellNews(AskSummons ask, IActorRef from)
    {
        if (state.Whistles.TryGetValue(ask.Whistle, out var whistle) && whistle.SummonsOf(ask.Department) is { } summons)
        {
            from.Tell(new SummonsNews(ask.Department, ask.Whistle, HeldSummons.Of(whistle, summons)));
            return;
        }

        // A whistle that the grid has forgotten ended long ago: whatever the department holds of it is over. One that another owner has blown is not known here either.
        var over = new HeldSummons(ask.Heard + 1, default, default, SummonsState.Released, null, null, null, null, Owes: false, Committed: false);
        AnswerIfNewest(new SummonsNews(ask.Department, ask.Whistle, over), from, otherwise: null);
    }

    private sealed record Recalled(GiveOrder Order, IActorRef From, ImmutableArray<long> Returns, Whistle? Whistle);

    /// <summary>How far the journal is, for an answer that waits for that, and what is said instead when it is further than the grid, or (null) does not answer.</summary>
    internal sealed record Confirmed(object Answer, IActorRef To, object? Otherwise, long? Newest);

    private sealed record RecallFailed(IActorRef From, string Reason);

    private sealed class LookAtClock
    {
        internal static readonly LookAtClock Instance = new();
    }

    private sealed class RepeatNews
    {
        internal static readonly RepeatNews Instance = new();
    }
}
