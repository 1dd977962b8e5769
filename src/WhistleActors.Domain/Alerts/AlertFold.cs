using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>How a department's alerts follow from what happened. Reads no clock.</summary>
public static class AlertFold
{
    /// <summary>After the department heard of a summons: an alert is raised while it waits to be signed, or for somebody to set out, and ends with that.</summary>
    public static DepartmentAlerts Hear(DepartmentAlerts alerts, DepartmentEvent heard) => heard switch
    {
        SummonsHeld { Summons: { Owes: true, State: SummonsState.Summoned } summons } => Raise(alerts, heard, AlertCause.Unsigned, summons),
        SummonsHeld { Summons: { Owes: true, State: SummonsState.Signed } summons } => Raise(alerts, heard, AlertCause.NotDeparted, summons),
        _ => alerts with { Open = alerts.Open.Remove(heard.Whistle) },
    };

    /// <summary>After one more event.</summary>
    public static DepartmentAlerts Apply(DepartmentAlerts alerts, AlertEvent happened) => happened switch
    {
        AlertStepsTaken taken => Climb(alerts, taken.Steps),
        NoticeSent sent => Send(alerts, sent),
        NoticeAnswered answered => Answer(alerts, answered),
        NoticeRevived revived => Revive(alerts, revived),
        AlertsShown shown => alerts with { Open = alerts.Open.SetItems(Shown(alerts, shown)) },
        RosterReplaced replaced => alerts with { Roster = alerts.Roster.Replace(replaced.From, replaced.To, replaced.Shifts).Forget(replaced.At) },
        DutyHandedOver handed => alerts with { Roster = alerts.Roster.Add(handed.Shift).Forget(handed.At) },
        NotificationRulesSet set => alerts with { Rules = alerts.Rules.SetItem(set.By.Person, set.Rules) },
        PushSubscribed subscribed => Subscribe(alerts, subscribed.By.Person, subscribed.Subscription with { Since = subscribed.At }),
        PushUnsubscribed ended => Unsubscribe(alerts, ended.Person, ended.Address),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
    };

    // A second whistle is blown because the first did not move anybody: it begins at the foot of the chain again, and every console displays it anew.
    private static DepartmentAlerts Raise(DepartmentAlerts alerts, DepartmentEvent heard, AlertCause cause, HeldSummons summons)
    {
        var open = alerts.Open.GetValueOrDefault(heard.Whistle);
        if (open?.Round != summons.Round)
            open = null;
        var raised = open?.Cause == cause
            ? open with { Level = summons.Level }
            : new OpenAlert(cause, heard.At, summons.Level, 0, open?.Consoles ?? [], summons.Round, summons.Exercise);
        return raised == open ? alerts : alerts with { Open = alerts.Open.SetItem(heard.Whistle, raised) };
    }

    private static DepartmentAlerts Climb(DepartmentAlerts alerts, ImmutableArray<StepTaken> steps)
    {
        var open = alerts.Open.ToBuilder();
        foreach (var step in steps)
        {
            if (open.TryGetValue(step.Whistle, out var alert) && alert.Cause == step.Cause)
                open[step.Whistle] = alert with { StepsTaken = step.Step + 1 };
        }

        alerts = alerts with { Open = open.ToImmutable() };
        var people = alerts.People;
        foreach (var ofOne in steps.Where(step => step is { Reachable: true, Person: not null }).GroupBy(step => step.Person!.Value))
        {
            var told = people.GetValueOrDefault(ofOne.Key) ?? new ToldPerson(ofOne.First().Name!, [], null, null);
            ImmutableArray<NoticedAlert> more = [.. ofOne.Select(step => new NoticedAlert(step.Whistle, step.Cause)).Distinct()];

            // What was answered meanwhile is let go here, so that the list is never longer than what is open.
            people = people.SetItem(ofOne.Key, told with { Waiting = [.. alerts.StillWaiting(told).Except(more), .. more] });
        }

        return alerts with { People = people };
    }

    private static DepartmentAlerts Send(DepartmentAlerts alerts, NoticeSent sent)
    {
        var revived = alerts.Pending.TryGetValue(sent.Notice.Id, out var pending) && pending.Revived;
        alerts = alerts with { Pending = alerts.Pending.SetItem(sent.Notice.Id, new PendingNotice(sent.Notice, sent.Attempt, null, revived)) };
        if (sent.Attempt > 1)
            return alerts;
        var told = alerts.People.GetValueOrDefault(sent.Notice.Person) ?? new ToldPerson(sent.Notice.Name, [], null, null);
        var exercise = sent.Notice.Exercise == true;
        return alerts with
        {
            Notices = alerts.Notices + 1,
            People = alerts.People.SetItem(sent.Notice.Person, told with
            {
                // Before exercises were told apart, one notice told of both.
                Waiting = [.. alerts.StillWaiting(told, !exercise).Except(sent.Notice.Alerts)],
                LastAt = exercise ? told.LastAt : sent.At,
                LastEmergencyAt = sent.Notice.Emergency && !exercise ? sent.At : told.LastEmergencyAt,
                LastExerciseAt = exercise ? sent.At : told.LastExerciseAt,
            }),
        };
    }

    private static DepartmentAlerts Answer(DepartmentAlerts alerts, NoticeAnswered answered)
    {
        if (!alerts.Pending.TryGetValue(answered.Notice, out var pending))
            return alerts;
        if (answered.Result == NoticeResult.Failed)
            return alerts with { Pending = alerts.Pending.SetItem(answered.Notice, pending with { RetryAt = answered.RetryAt }) };
        alerts = alerts with { Pending = alerts.Pending.Remove(answered.Notice) };
        return answered.Result == NoticeResult.GivenUp
            ? alerts with { DeadLetters = Bury(alerts.DeadLetters, new DeadLetter(pending.Notice, pending.Attempt, answered.At, answered.Detail)) }
            : alerts;
    }

    private static ImmutableArray<DeadLetter> Bury(ImmutableArray<DeadLetter> letters, DeadLetter letter) =>
        (letters.Length < DepartmentAlerts.MostDeadLetters ? letters : letters.RemoveAt(0)).Add(letter);

    private static DepartmentAlerts Revive(DepartmentAlerts alerts, NoticeRevived revived) =>
        alerts.DeadLetters.FirstOrDefault(letter => letter.Notice.Id == revived.Notice) is not { } letter ? alerts : alerts with
        {
            DeadLetters = alerts.DeadLetters.Remove(letter),
            Pending = alerts.Pending.SetItem(letter.Notice.Id, new PendingNotice(letter.Notice, letter.Attempts, revived.At, Revived: true)),
        };

    private static IEnumerable<KeyValuePair<WhistleId, OpenAlert>> Shown(DepartmentAlerts alerts, AlertsShown shown)
    {
        foreach (var whistle in shown.Whistles)
        {
            if (alerts.Open.TryGetValue(whistle, out var open))
                yield return new(whistle, open with { Consoles = open.Consoles.Add(shown.Console) });
        }
    }

    private static DepartmentAlerts Subscribe(DepartmentAlerts alerts, PersonId person, AlertContact subscription)
    {
        var others = alerts.Subscriptions.GetValueOrDefault(person, []).RemoveAll(known => known.Address == subscription.Address);
        return alerts with { Subscriptions = alerts.Subscriptions.SetItem(person, others.Add(subscription)) };
    }

    private static DepartmentAlerts Unsubscribe(DepartmentAlerts alerts, PersonId person, string address)
    {
        var left = alerts.Subscriptions.GetValueOrDefault(person, []).RemoveAll(known => known.Address == address);
        return alerts with { Subscriptions = left.IsEmpty ? alerts.Subscriptions.Remove(person) : alerts.Subscriptions.SetItem(person, left) };
    }
}
