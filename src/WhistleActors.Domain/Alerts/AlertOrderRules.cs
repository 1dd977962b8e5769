using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>What officers may do to a department's alerts and roster. Pure.</summary>
public static class AlertOrderRules
{
    /// <summary>The longest span of a roster that is written at once.</summary>
    public static readonly TimeSpan LongestSpan = TimeSpan.FromDays(92);

    /// <summary>The most browsers that one person is told by.</summary>
    public const int MostSubscriptions = 5;

    /// <summary>The most consoles of which it is recorded that they displayed one alert.</summary>
    public const int MostConsoles = 16;

    /// <summary>What an order causes, which may be nothing new; or why it is refused.</summary>
    public static (ImmutableArray<AlertEvent> Events, Refusal? Refusal) Decide(DepartmentAlerts alerts, AlertContext context, AlertOrder order, DateTimeOffset now)
    {
        try
        {
            return (Change(alerts, context, order, now), null);
        }
        catch (RefusedException refused)
        {
            return ([], refused.Refusal);
        }
    }

    private static ImmutableArray<AlertEvent> Change(DepartmentAlerts alerts, AlertContext context, AlertOrder order, DateTimeOffset now) => order.Command switch
    {
        ReplaceRoster replace => [Replace(alerts, context, replace, order.By, now)],
        HandOver hand => Hand(alerts, context, hand, order.By, now),
        SetNotificationRules set => Own(context.Department, order.By) ?? [new NotificationRulesSet(now, order.By, set.Rules)],
        SubscribePush subscribe => Own(context.Department, order.By) ?? [Subscribe(alerts, subscribe, order.By, now)],
        UnsubscribePush unsubscribe => Own(context.Department, order.By) ?? Unsubscribe(alerts, unsubscribe, order.By, now),
        ShowAlerts show => Show(alerts, context, show, order.By, now),
        ReviveNotice revive => [Revive(alerts, revive, order.By, now)],
        _ => throw new ArgumentOutOfRangeException(nameof(order), order.Command, "unknown command"),
    };

    private static RosterReplaced Replace(DepartmentAlerts alerts, AlertContext context, ReplaceRoster replace, Officer by, DateTimeOffset now)
    {
        Answering(context.Department, by);
        if (replace.To <= replace.From || replace.To - replace.From > LongestSpan)
            throw new RefusedException(RefuseAlertOrder.RosterSpanWrong((int)LongestSpan.TotalDays));
        foreach (var shift in replace.Shifts)
        {
            if (shift.To <= shift.From || shift.From < replace.From || shift.To > replace.To)
                throw new RefusedException(RefuseAlertOrder.ShiftOutsideSpan(shift.Person));
        }

        var replaced = new RosterReplaced(now, by, replace.From, replace.To, replace.Shifts);
        return AlertFold.Apply(alerts, replaced).Roster.Shifts.Length <= DutyRoster.MostShifts
            ? replaced
            : throw new RefusedException(RefuseAlertOrder.TooManyShifts(DutyRoster.MostShifts));
    }

    private static ImmutableArray<AlertEvent> Hand(DepartmentAlerts alerts, AlertContext context, HandOver hand, Officer by, DateTimeOffset now)
    {
        Answering(context.Department, by);
        if (hand.Until <= now || hand.Until - now > LongestSpan)
            throw new RefusedException(RefuseAlertOrder.HandOverPast((int)LongestSpan.TotalDays));

        // Whoever got no answer gives the order again.
        var standing = alerts.Roster.At(hand.Rank, now, context.Calendar);
        if (standing is { Kind: ShiftKind.Override } && standing.Person == hand.Person && standing.Name == hand.Name && standing.To == hand.Until && standing.Contacts.SequenceEqual(hand.Contacts))
            return [];
        if (alerts.Roster.Forget(now).Shifts.Length >= DutyRoster.MostShifts)
            throw new RefusedException(RefuseAlertOrder.TooManyShifts(DutyRoster.MostShifts));
        var shift = new Shift(hand.Person, hand.Name, hand.Rank, now, hand.Until, ShiftKind.Override, hand.Contacts);
        return [new DutyHandedOver(now, by, standing?.Person, shift)];
    }

    private static PushSubscribed Subscribe(DepartmentAlerts alerts, SubscribePush subscribe, Officer by, DateTimeOffset now)
    {
        var known = alerts.Subscriptions.GetValueOrDefault(by.Person, []);
        return known.Any(other => other.Address == subscribe.Subscription.Address) || known.Length < MostSubscriptions
            ? new PushSubscribed(now, by, subscribe.Subscription)
            : throw new RefusedException(RefuseAlertOrder.TooManySubscriptions(MostSubscriptions));
    }

    private static ImmutableArray<AlertEvent> Unsubscribe(DepartmentAlerts alerts, UnsubscribePush unsubscribe, Officer by, DateTimeOffset now) =>
        alerts.Subscriptions.GetValueOrDefault(by.Person, []).Any(known => known.Address == unsubscribe.Address)
            ? [new PushUnsubscribed(now, by, by.Person, unsubscribe.Address)]
            : [];

    // The district's command sees what the chain has brought to it, and no more than the whistles of its own district.
    private static ImmutableArray<AlertEvent> Show(DepartmentAlerts alerts, AlertContext context, ShowAlerts show, Officer by, DateTimeOffset now)
    {
        var own = by.Holds(Powers.Attend, context.Department.Text);
        if (!own && !(show.Whistles.Length > 0 && show.Whistles.All(whistle => context.DistrictOf(whistle) is { } district && by.Holds(Powers.Command, district.Text))))
            throw new RefusedException(Refuse.NotYourDepartment(context.Department));
        var console = own ? show.Console : $"{by.Organisation}/{show.Console}";
        ImmutableArray<WhistleId> news =
        [
            .. show.Whistles.Distinct().Where(whistle =>
                alerts.Open.TryGetValue(whistle, out var open) && open.Consoles.Length < MostConsoles && !open.Consoles.Contains(console)),
        ];
        return news.IsEmpty ? [] : [new AlertsShown(now, by, console, news)];
    }

    private static NoticeRevived Revive(DepartmentAlerts alerts, ReviveNotice revive, Officer by, DateTimeOffset now)
    {
        if (by.Role != Role.Administrator)
            throw new RefusedException(RefuseAlertOrder.NotAdministrator());
        return alerts.DeadLetters.Any(letter => letter.Notice.Id == revive.Notice)
            ? new NoticeRevived(now, by, revive.Notice)
            : throw new RefusedException(RefuseAlertOrder.UnknownDeadLetter(revive.Notice));
    }

    private static void Answering(DepartmentCode department, Officer by)
    {
        if (!by.Holds(Powers.Answer, department.Text))
            throw new RefusedException(Refuse.NotYourDepartment(department));
    }

    // Null lets the switch go on to what the order causes.
    private static ImmutableArray<AlertEvent>? Own(DepartmentCode department, Officer by) =>
        by.Holds(Powers.Attend, department.Text) ? null : throw new RefusedException(Refuse.NotYourDepartment(department));
}
