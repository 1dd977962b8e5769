using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Operations;
using WhistleActors.Actors.Waking;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Codes;
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
    private DateTimeOffset? alarmAt;

    // What made an alert wait, while somebody records that trace; not kept, so a notice after a restart or on another node belongs to none.
    private readonly Dictionary<WhistleId, string> traces = [];

    // The same of notices that had been given up, until they have arrived or are given up again.
    private readonly Dictionary<string, string> revivals = [];

    private void Decide(GiveAlertOrder given)
    {
        var span = BeginOrder(given.Order.Command, whistle: null, given.Trace);
        var (events, refusal) = AlertOrderRules.Decide(ahead.Alerts!, context, given.Order, node.Clock.GetUtcNow());
        if (refusal is null && given.Order.Command is ReviveNotice { Notice: var notice } && CityTrace.Of(span) is { } cause)
            revivals[notice] = cause;
        Answer(events, refusal, span, Store, SetAlarm);
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
        if (answered.Result != NoticeResult.Failed)
            revivals.Remove(answered.Notice);
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
            if (stored is NoticeAnswered { Result: NoticeResult.GivenUp })
                TellOfDeadLetter(state.Alerts!.DeadLetters[^1]);
            SnapshotNowAndThen();
        });
    }

    private void SendAgain()
    {
        foreach (var pending in state.Alerts!.Pending.Values.Where(pending => pending.RetryAt is null))
            Send(pending.Notice, pending.Attempt);
    }

    private void Send(AlertNotice notice, int attempt)
    {
        var span = BeginNotice(notice)?.SetTag("whistle.attempt", attempt);
        CityTrace.Within(span, () => node.Courier.SendAsync(notice, sending.Token)).PipeTo(
            Self,
            success: answer =>
            {
                span.End(WireName<NoticeResult>.Of(answer.Result), failed: answer.Result != NoticeResult.Delivered);
                return new Answered(notice.Id, attempt, answer.Result, answer.Detail);
            },
            failure: cause =>
            {
                span.End("failed", failed: true);
                return new Answered(notice.Id, attempt, NoticeResult.Failed, cause.Message);
            });
    }

    // One notice tells of all that waits for a person: it belongs to the trace of the first, and is linked to the others; one that somebody had sent again, to that order.
    private Activity? BeginNotice(AlertNotice notice)
    {
        if (traces.Count == 0 && revivals.Count == 0)
            return null;
        List<WhistleId> traced = [.. notice.Alerts.Select(alert => alert.Whistle).Where(traces.ContainsKey)];
        List<string> causes = [.. traced.Select(whistle => traces[whistle])];
        if (revivals.TryGetValue(notice.Id, out var order))
            causes.Insert(0, order);
        return causes.Count == 0
            ? null
            : CityTrace.Begin("alert notice", causes[0], causes.Skip(1))
                ?.SetTag("whistle.id", (traced is [var first, ..] ? first : notice.Alerts[0].Whistle).Text).SetTag("whistle.department", notice.Department.Text).SetTag("whistle.notice", notice.Id);
    }

    private void TellOfDeadLetter(DeadLetter letter)
    {
        CityMeter.GaveUp();
        if (node.Log.IsEnabled(LogLevel.Warning))
        {
            node.Log.LogWarning(
                "Department {Department}: notice {Notice} by {Channel} was given up after {Attempts} attempts, so {Person} was not told of whistle {Whistle}: {Detail}",
                letter.Notice.Department.Text,
                letter.Notice.Id,
                WireName<AlertChannel>.Of(letter.Notice.Contact.Channel),
                letter.Attempts,
                letter.Notice.Person.Text,
                string.Join(' ', letter.Notice.Alerts.Select(alert => alert.Whistle.Text)),
                letter.Detail);
        }
    }

    private void NoteTrace(WhistleId whistle, string? trace)
    {
        if (!ahead.Alerts!.Open.ContainsKey(whistle))
            traces.Remove(whistle);
        else if (trace is not null)
            traces[whistle] = trace;
    }

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

    private sealed class LookAtClock
    {
        internal static readonly LookAtClock Instance = new();
    }

    private sealed record Answered(string Notice, int Attempt, NoticeResult Result, string Detail);
}
