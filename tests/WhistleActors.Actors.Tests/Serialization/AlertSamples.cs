using System.Collections.Immutable;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Departments;
using WhistleActors.Domain;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>The part of <see cref="Samples"/> about alerts and rosters.</summary>
internal static class AlertSamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 10, 0, 0, 123, TimeSpan.FromHours(8));
    private static readonly WhistleId Id = new(GridCode.Parse("99010100100101"), 7);
    private static readonly DepartmentCode Water = DepartmentCode.Parse("waterworks");
    private static readonly Officer Narrowed = new(PersonId.Parse("wang"), "王强", OrganisationCode.Parse("waterworks"), Role.Dispatcher) { Powers = Powers.Answer };
    private static readonly PersonId Wang = PersonId.Parse("wang");
    private static readonly AlertContact Browser = new(AlertChannel.WebPush, "https://push.example/1", "public", "secret");
    private static readonly AlertContact Phone = new(AlertChannel.Sms, "+8613800000000");
    private static readonly Shift Shift = new(Wang, "王强", ChainRank.Deputy, At, At.AddHours(8), ShiftKind.Holiday, [Phone]);
    private static readonly NotificationRules Rules = new([AlertChannel.Email], new TimeOnly(22, 0), new TimeOnly(7, 30));
    private static readonly AlertNotice Notice = new("waterworks-3", Water, Wang, "王强", Phone, [new NoticedAlert(Id, AlertCause.NotDeparted)], 37, true);

    private static readonly DepartmentAlerts DepartmentAlerts = new(
        ImmutableDictionary<WhistleId, OpenAlert>.Empty.Add(Id, new OpenAlert(AlertCause.Unsigned, At, WhistleLevel.Emergency, 2, ["desk-1"])),
        ImmutableDictionary<PersonId, ToldPerson>.Empty.Add(Wang, new ToldPerson("王强", [new NoticedAlert(Id, AlertCause.Unsigned)], At, At.AddMinutes(-1))),
        ImmutableDictionary<string, PendingNotice>.Empty.Add(Notice.Id, new PendingNotice(Notice, 2, At.AddSeconds(9), Revived: true)),
        [new DeadLetter(Notice with { Id = "waterworks-2" }, 8, At, "503")],
        3,
        new DutyRoster([Shift]),
        ImmutableDictionary<PersonId, NotificationRules>.Empty.Add(Wang, Rules),
        ImmutableDictionary<PersonId, ImmutableArray<AlertContact>>.Empty.Add(Wang, [Browser]));

    /// <summary>By manifest.</summary>
    internal static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["alert-steps-taken.1"] = new AlertStepsTaken(At, [new StepTaken(Id, AlertCause.Unsigned, 1, ChainRank.Deputy, Wang, "王强", true)]),
        ["notice-sent.1"] = new NoticeSent(At, Notice, 1),
        ["notice-answered.1"] = new NoticeAnswered(At, Notice.Id, 1, NoticeResult.Failed, "503", At.AddSeconds(4)),
        ["notice-revived.1"] = new NoticeRevived(At, Narrowed, Notice.Id),
        ["alerts-shown.1"] = new AlertsShown(At, Narrowed, "desk-1", [Id]),
        ["roster-replaced.1"] = new RosterReplaced(At, Narrowed, At, At.AddDays(1), [Shift]),
        ["duty-handed-over.1"] = new DutyHandedOver(At, Narrowed, Wang, Shift with { Kind = ShiftKind.Override }),
        ["notification-rules-set.1"] = new NotificationRulesSet(At, Narrowed, Rules),
        ["push-subscribed.1"] = new PushSubscribed(At, Narrowed, Browser),
        ["push-unsubscribed.1"] = new PushUnsubscribed(At, Narrowed, Wang, Browser.Address),
        ["give-alert-order.1"] = new GiveAlertOrder(Water, new AlertOrder(new ReplaceRoster(At, At.AddDays(1), [Shift]), Narrowed)),
        ["alert-order-answer.1"] = new DepartmentAnswer(new Refusal("roster-span-wrong", RefusalKind.Invalid, new LocalizedText("不对", "wrong"), new LocalizedText("改", "change"))),
        ["ask-alerts.1"] = new AskAlerts(Water),
        ["alerts-answer.1"] = new AlertsAnswer(Water, DepartmentAlerts),
    };

    /// <summary>An order about alerts of every kind.</summary>
    internal static IReadOnlyList<GiveAlertOrder> Orders { get; } =
    [
        (GiveAlertOrder)All["give-alert-order.1"],
        .. ((AlertCommand[])
        [
            new HandOver(ChainRank.Head, Wang, "王强", At, [Phone]),
            new SetNotificationRules(Rules),
            new SubscribePush(Browser),
            new UnsubscribePush(Browser.Address),
            new ShowAlerts("desk-1", [Id]),
            new ReviveNotice("waterworks-2"),
        ]).Select(command => new GiveAlertOrder(Water, new AlertOrder(command, Narrowed))),
    ];
}
