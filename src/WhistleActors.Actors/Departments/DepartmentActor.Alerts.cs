using System.Collections.Immutable;
using Akka.Actor;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Waking;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Departments;

/// <summary>
/// The alerts of a department. A step up the chain and a notice are stored before anything is sent, so nobody is told twice for a step; a
/// notice whose answer was not stored goes out again under its id.
/// </summary>
internal sealed partial class DepartmentActor
{
    private readonly AlertContext context;
    private readonly Alarm alarm;

    // When each alert takes its next step, as things will stand.
    private readonly Agenda<WhistleId> steps = new();
    private readonly CancellationTokenSource sending = new();
    private readonly HashSet<IActorRef> waiting = [];
    private DateTimeOffset? alarmAt;

    private void Decide(AlertOrder order)
    {
        var asker = Sender;
        var (events, refusal) = AlertOrderRules.Decide(ahead.Alerts!, context, order, node.Clock.GetUtcNow());
        if (refusal is not null)
        {
            asker.Tell(new DepartmentAnswer(refusal));
            return;
        }

        waiting.Add(asker);
        Store(events);
        DeferAsync(events, _ =>
        {
            waiting.Remove(asker);
            asker.Tell(new DepartmentAnswer(null));
            SetAlarm();
        });
    }

    private void PassTime()
    {
        var now = node.Clock.GetUtcNow();
        var passed = AlertRules.PassTime(ahead.Alerts!, steps.Before(now.AddTicks(1)), context, now);
        Store(passed);
        SetAlarm();
    }

    private void Hear(Answered answered)
    {
        Store(AlertRules.Answer(ahead.Alerts!, answered.Notice, answered.Attempt, answered.Result, answered.Detail, node.Clock.GetUtcNow()));
        SetAlarm();
    }

    private void Store(ImmutableArray<AlertEvent> events)
    {
        // Akka takes no empty write.
        if (events.IsEmpty)
            return;
        foreach (var happened in events)
        {
            Foresee(Domain.Departments.DepartmentFold.Apply(ahead, happened));
            foreach (var step in happened is AlertStepsTaken taken ? taken.Steps : [])
                NoteStep(step.Whistle);
        }

        PersistAllAsync(events, stored =>
        {
            state = underWay.Dequeue();
            if (stored is NoticeSent sent)
                Send(sent.Notice, sent.Attempt);
            SnapshotNowAndThen();
        });
    }

    private void SendAgain()
    {
        foreach (var pending in state.Alerts!.Pending.Values.Where(pending => pending.RetryAt is null))
            Send(pending.Notice, pending.Attempt);
    }

    private void Send(AlertNotice notice, int attempt) =>
        node.Courier.SendAsync(notice, sending.Token).PipeTo(
            Self,
            success: answer => new Answered(notice.Id, attempt, answer.Result, answer.Detail),
            failure: cause => new Answered(notice.Id, attempt, NoticeResult.Failed, cause.Message));

    private void NoteStep(WhistleId whistle) =>
        steps.Set(whistle, ahead.Alerts!.Open.TryGetValue(whistle, out var open) ? AlertRules.StepDue(open, open.StepsTaken, context) : null);

    private void SetAlarm()
    {
        var notice = AlertRules.NextNoticeDue(ahead.Alerts!, context, node.Clock.GetUtcNow());
        SetAlarm(notice < steps.Soonest || steps.Soonest is null ? notice : steps.Soonest);
    }

    // One more summons can only bring the alarm forward; to look through all who are to be told for each would make a storm of n summonses cost n squared.
    private void BringAlarmForward()
    {
        if (steps.Soonest is { } due && (alarmAt is null || due < alarmAt))
            SetAlarm(due);
    }

    private void SetAlarm(DateTimeOffset? due)
    {
        alarmAt = due;
        alarm.Set(due);
    }

    private void RefuseWaiting()
    {
        foreach (var asker in waiting)
            asker.Tell(new DepartmentAnswer(null, Stored: false));
        waiting.Clear();
    }

    private sealed class LookAtClock
    {
        internal static readonly LookAtClock Instance = new();
    }

    private sealed record Answered(string Notice, int Attempt, NoticeResult Result, string Detail);
}
