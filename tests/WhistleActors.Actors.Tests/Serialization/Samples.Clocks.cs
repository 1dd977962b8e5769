using System.Collections.Immutable;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

internal static partial class Samples
{
    private static ClockRun Run => new(At, At.AddHours(9), TimeSpan.FromMinutes(95), [new Notice(50, At.AddHours(4)), new Notice(80, At.AddHours(7))]);

    private static LedgerPlan Plan => new(At.AddDays(22), [new LedgerReminder(At.AddDays(7), new DateOnly(2026, 3, 20)), new LedgerReminder(At.AddDays(19), new DateOnly(2026, 4, 1))]);

    /// <summary>What was stamped on a whistle when it was blown.</summary>
    internal static ImmutableArray<ClockSchedule> Schedules =>
    [
        new ClockSchedule(
            At,
            [
                new ClockPlan(Clock.Sign, new TimeLimit(30, TimeUnit.Minutes), At.AddMinutes(30)),
                new ClockPlan(Clock.CheckIn, new TimeLimit(4, TimeUnit.WorkingHours), At.AddHours(5), [new Notice(50, At.AddHours(2))]),
                new ClockPlan(Clock.Disposal, new TimeLimit(2, TimeUnit.WorkingDays), At.AddHours(56), Run.Notices),
            ]),
    ];

    /// <summary>A whistle whose summons went through everything that can happen to its clocks and to its ledger entry.</summary>
    internal static Whistle Delayed => Whistle with
    {
        Schedules = Schedules,
        Summonses =
        [
            Summons with
            {
                Clocks = new SummonsClocks(
                    Schedule: 0,
                    [new ClockMark(Clock.Disposal, Run, 80, At.AddHours(10)), new ClockMark(Clock.CheckIn, Noticed: 50)],
                    new Contact(At.AddMinutes(3), Narrowed, Late: false, "电话"),
                    [new Measure(At.AddMinutes(42), Narrowed, Late: true, "设置围挡", "京水责改〔2026〕1号")],
                    new WrittenReport(At.AddMinutes(52), Narrowed, Late: false, "书面报告"),
                    [new Extension(Clock.Disposal, At, Narrowed, At.AddHours(5), At.AddHours(9), "待料", new ClockDecision(At.AddMinutes(1), Street, Approved: true, null))],
                    [
                        new Suspension(
                            At,
                            Narrowed,
                            new DateOnly(2026, 3, 12),
                            "汛期",
                            new ClockDecision(At.AddMinutes(2), Street, Approved: true, null),
                            At.AddDays(3),
                            At.AddDays(2),
                            Street),
                    ]),
                Ledger = new LedgerRun(
                    new DateOnly(2026, 4, 1),
                    Plan,
                    [new ReachedMilestone(1, At.AddDays(9), Narrowed, "许可已办")],
                    new LedgerCompletion(At.AddDays(20), Narrowed, "完工"),
                    [new LedgerExtension(At.AddDays(8), Narrowed, new DateOnly(2026, 3, 28), new DateOnly(2026, 4, 1), "雨", new ClockDecision(At.AddDays(9), Street, Approved: true, null))],
                    Refusals: 1,
                    At.AddDays(19),
                    At.AddDays(21),
                    new ClockDecision(At.AddDays(21), Street, Approved: true, null)),
            },
        ],
    };

    private static Dictionary<string, object> OfClocks() => new()
    {
        ["initiator-contacted.1"] = new InitiatorContacted(Id, At, Narrowed, Key, Water, Late: true, "电话"),
        ["measure-recorded.1"] = new MeasureRecorded(Id, At, Narrowed, Key, Water, Late: false, "设置围挡", "京水责改〔2026〕1号"),
        ["report-filed.1"] = new ReportFiled(Id, At, Narrowed, Key, Water, Late: false, "书面报告"),
        ["deadline-near.1"] = new DeadlineNear(Id, At, null, null, Water, Clock.Disposal, 80, At.AddHours(1)),
        ["extension-requested.1"] = new ExtensionRequested(Id, At, Narrowed, Key, Water, Clock.CheckIn, At.AddHours(1), At.AddHours(9), "待料"),
        ["extension-approved.1"] = new ExtensionApproved(Id, At, Street, Key, Water, Clock.CheckIn, At.AddHours(1), Run),
        ["extension-refused.1"] = new ExtensionRefused(Id, At, Street, Key, Water, Clock.CheckIn, "理由不足"),
        ["suspension-requested.1"] = new SuspensionRequested(Id, At, Narrowed, Key, Water, new DateOnly(2026, 3, 12), "汛期"),
        ["suspension-approved.1"] = new SuspensionApproved(Id, At, Street, Key, Water, At.AddDays(3), [new MovedClock(Clock.Disposal, Run)]),
        ["suspension-refused.1"] = new SuspensionRefused(Id, At, Street, Key, Water, "不得停工"),
        ["suspension-ended.1"] = new SuspensionEnded(Id, At, Street, Key, Water, "提前复工", [new MovedClock(Clock.Disposal, Run)]),
        ["ledger-reminded.1"] = new LedgerReminded(Id, At, null, null, Water, new DateOnly(2026, 4, 1)),
        ["milestone-reached.1"] = new MilestoneReached(Id, At, Narrowed, Key, Water, 1, "许可已办"),
        ["ledger-completed.1"] = new LedgerCompleted(Id, At, Narrowed, Key, Water, "完工"),
        ["ledger-confirmed.1"] = new LedgerConfirmed(Id, At, Street, Key, Water),
        ["ledger-refused.1"] = new LedgerRefused(Id, At, Street, Key, Water, "未完工"),
        ["ledger-extension-requested.1"] = new LedgerExtensionRequested(Id, At, Narrowed, Key, Water, new DateOnly(2026, 3, 28), new DateOnly(2026, 4, 1), "雨"),
        ["ledger-extension-approved.1"] = new LedgerExtensionApproved(Id, At, Street, Key, Water, new DateOnly(2026, 3, 28), new DateOnly(2026, 4, 1), Plan),
        ["ledger-extension-refused.1"] = new LedgerExtensionRefused(Id, At, Street, Key, Water, "不得再延"),
        ["ledger-returned.1"] = new LedgerReturned(Id, At, null, null, Water, new DateOnly(2026, 4, 1)),
    };

    private static IEnumerable<GiveOrder> OrdersOfClocks() =>
    [
        Give(new ContactInitiator(Id, Water, "电话")),
        Give(new RecordMeasure(Id, Water, "设置围挡", "京水责改〔2026〕1号")),
        Give(new FileReport(Id, Water, "书面报告")),
        Give(new RequestExtension(Id, Water, Clock.Report, At, "待料")),
        Give(new ApproveExtension(Id, Water)),
        Give(new RefuseExtension(Id, Water, "理由不足")),
        Give(new RequestSuspension(Id, Water, new DateOnly(2026, 3, 12), "汛期")),
        Give(new ApproveSuspension(Id, Water)),
        Give(new RefuseSuspension(Id, Water, "不得停工")),
        Give(new EndSuspension(Id, Water, null)),
        Give(new ReportMilestone(Id, Water, 2, "进场")),
        Give(new CompleteLedger(Id, Water, "完工")),
        Give(new ConfirmLedger(Id, Water)),
        Give(new RefuseLedger(Id, Water, "未完工")),
        Give(new RequestLedgerExtension(Id, Water, new DateOnly(2026, 4, 1), "雨")),
        Give(new ApproveLedgerExtension(Id, Water)),
        Give(new RefuseLedgerExtension(Id, Water, "不得再延")),
    ];
}
