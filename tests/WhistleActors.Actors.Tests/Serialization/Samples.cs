using System.Collections.Immutable;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Reports;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>One value of everything that is stored or sent, with every field filled. Dictionaries hold one entry: their order is not fixed.</summary>
internal static partial class Samples
{
    private static readonly DateTimeOffset At = new(2026, 3, 10, 10, 0, 0, 123, TimeSpan.FromHours(8));
    private static readonly GridCode Grid = GridCode.Parse("99010100100101");
    private static readonly WhistleId Id = new(Grid, 7);
    private static readonly DepartmentCode Water = DepartmentCode.Parse("waterworks");
    private static readonly CrewCode Crew = CrewCode.Parse("waterworks-1");
    private static readonly CommandKey Key = new("key-1", "fingerprint");
    private static readonly LonLat Place = new(120.005, 30.0051);

    private static readonly Officer Street = new(
        PersonId.Parse("li.na"), "李娜 🌊", OrganisationCode.Parse("990101001"), Role.SubdistrictOfficer);

    private static readonly Officer Narrowed = new(
        PersonId.Parse("wang"), "王强", OrganisationCode.Parse("waterworks"), Role.Dispatcher)
    { Powers = Powers.Answer };

    private static readonly LedgerEntry Ledger = new(
        "等待停水许可", new DateOnly(2026, 4, 1), "王强", [new Milestone(new DateOnly(2026, 3, 20), "许可"), new Milestone(new DateOnly(2026, 4, 1), "完工")]);

    private static readonly Presence Presence = new(Place, 12.5, 3.25, new Witness("赵敏", OrganisationCode.Parse("990101001")));

    private static readonly Outcome Refused = new(At, Narrowed, OutcomeKind.Resolved, "已修", null, null);

    private static readonly Summons Summons = new(
        Water,
        DutyRole.Lead,
        At.AddMinutes(5),
        At.AddMinutes(30),
        new Signature(At.AddMinutes(1), Narrowed, Late: false),
        new Departure(At.AddMinutes(2), Narrowed, Crew, At.AddMinutes(20)),
        new CheckIn(At.AddMinutes(40), Narrowed, Late: true, Crew, 4, Presence),
        new Outcome(At.AddMinutes(50), Narrowed, OutcomeKind.Ledgered, "部分修复", Ledger, new Acceptance(At.AddMinutes(55), Street)),
        [new Veto(At.AddMinutes(45), Street, "未修好", Refused)],
        new Release(At.AddMinutes(60), Street, "可以离开"),
        At.AddMinutes(5),
        At.AddMinutes(30));

    private static readonly RecordedPerson Person = new(PersonKind.Complainant, "赵六", "13800138000", "住二层");

    private static readonly RecordedMatter Matter = new("去年同一处爆管", "2025-0317", "尚未更换管线");

    private static readonly RecordedObject Object = new(ComponentId.Parse("0101010101000001"), ComponentScheme.Cn16, "上水井盖", "已破损");

    private static readonly Attachment Photo = new(
        ContentHash.Parse("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), "现场.jpg", "image/jpeg", 1_024);

    private static readonly Whistle Whistle = new(
        Id,
        12,
        SubdistrictCode.Parse("990101001"),
        DistrictCode.Parse("990101"),
        MatterCode.Parse("burst-main"),
        WhistleOccasion.Emergency,
        WhistleLevel.Emergency,
        WhistleChain.Service,
        1,
        "水管爆裂 \"主街\" <b> مرحبا",
        Place,
        "example/1",
        "多一个部门",
        At,
        Street,
        [Summons],
        new Ending(WhistleStage.Closed, At.AddMinutes(70), Street, "完成"));

    private static readonly ReportId ReportId = ReportId.Parse("990101001-7");

    private static readonly BlowWhistle Blow = new(
        Whistle.Matter, WhistleOccasion.PublicDemand, WhistleLevel.Daily, WhistleChain.Service, "井盖处冒水", new Position(120.005, 30.005, Datum.Wgs84), null, null);

    private static readonly ReportContent ReportContent = new(
        ReportSource.Hotline, "20260310-7", "井盖冒水", "主街井盖处持续冒水", At.AddHours(-1), Whistle.Matter, Grid, Place, "主街 1 号", new Caller("赵六", "13800138000"));

    private static readonly Report Report = new(
        ReportId, ReportSource.Hotline, "20260310-7", "井盖冒水", Whistle.Matter, At, Street, Grid, Place, null, null);

    private static readonly HeldSummons Held = new(
        9, DutyRole.Cooperating, WhistleLevel.Campaign, SummonsState.CheckedIn, Clock.CheckIn, At.AddMinutes(5), At.AddMinutes(30), Crew, Owes: true, Committed: true);

    private static readonly LoadView Load = new("waterworks", 17, 6, 1, 1, 1, 2, 1, 3, 4, 5);

    private static readonly StampedSummons Unstamped = new(Water, DutyRole.Lead, null, null, "《供水条例》第三条");

    private static readonly CoInitiator Across = new(
        GridCode.Parse("99010200100101"),
        SubdistrictCode.Parse("990102001"),
        DistrictCode.Parse("990102"),
        new Consent(At.AddMinutes(3), Street, Late: false),
        new Objection(At.AddMinutes(2), Street, "不在本辖区"));

    private static readonly BlownAs Special = new(
        OrganisationCode.Parse("990101-roads"),
        Backstop: true,
        Exercise: true,
        [DepartmentCode.Parse("990101002")],
        [Across],
        new Repeat(2, new WhistleId(Grid, 3)),
        Role.SubdistrictLeader,
        At.AddHours(1));

    /// <summary>A grid with everything that can be said of how its whistles came to sound.</summary>
    internal static GridState Sounding { get; } = GridState.Empty(Grid) with
    {
        Whistles = ImmutableDictionary<WhistleId, Whistle>.Empty.Add(Id, Whistle with
        {
            Blowing = new Blowing(
                Special.Initiator,
                Backstop: true,
                Exercise: true,
                Special.Subdistricts,
                Special.Repeat,
                new Approval(
                    Role.Commander, At, [Unstamped], At.AddHours(1), new Consent(At.AddHours(2), Street, Late: true), new Objection(At, Street, "理由"), At.AddHours(1)),
                [Across],
                12,
                [new AddedReport(At, Street, "又有人反映", Place)],
                [new WhistleId(Grid, 5)],
                new WhistleId(Grid, 6)),
        }),
        Past = [new RememberedWhistle(new WhistleId(Grid, 3), MatterCode.Parse("burst-main"), Place, At)],
    };

    /// <summary>By manifest.</summary>
    internal static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>(OfConsultations.Concat(OfRounds).Concat(OfClocks()))
    {
        ["whistle-blown.1"] = new WhistleBlown(
            Id,
            At,
            Street,
            Key,
            Whistle.Subdistrict,
            Whistle.District,
            Whistle.Matter,
            Whistle.Occasion,
            Whistle.Level,
            Whistle.Chain,
            1,
            Whistle.Description,
            Place,
            "example/1",
            "多一个部门",
            [new StampedSummons(Water, DutyRole.Lead, At.AddMinutes(5), At.AddMinutes(30), "《供水条例》第三条"), new StampedSummons(DepartmentCode.Parse("command"), DutyRole.Notified, null, null, null)]),
        ["whistle-proposed.1"] = new WhistleProposed(Id, At, Street, Key, new WhistleBlown(
            Id,
            At,
            Street,
            Key,
            Whistle.Subdistrict,
            Whistle.District,
            Whistle.Matter,
            Whistle.Occasion,
            Whistle.Level,
            Whistle.Chain,
            1,
            Whistle.Description,
            Place,
            "example/1",
            null,
            [Unstamped],
            As: Special)),
        ["whistle-approved.1"] = new WhistleApproved(
            Id, At, Street, Key, Late: true, [Unstamped with { SignBy = At.AddMinutes(5), CheckInBy = At.AddMinutes(30), Schedule = 0 }], Schedules),
        ["whistle-rejected.1"] = new WhistleRejected(Id, At, Street, Key, "本街道可自行处置"),
        ["approval-missed.1"] = new ApprovalMissed(Id, At, null, null, At.AddMinutes(-1)),
        ["whistle-joined.1"] = new WhistleJoined(Id, At, Street, Key, SubdistrictCode.Parse("990102001")),
        ["whistle-declined.1"] = new WhistleDeclined(Id, At, Street, Key, SubdistrictCode.Parse("990102001"), "不在本辖区"),
        ["report-added.1"] = new ReportAdded(Id, At, Street, Key, "又有人反映", Place),
        ["whistle-took-in.1"] = new WhistleTookIn(Id, At, Street, Key, new WhistleId(Grid, 5)),
        ["whistle-merged.1"] = new WhistleMerged(Id, At, Street, Key, new WhistleId(Grid, 6), "同一处漏水"),
        ["summons-signed.1"] = new SummonsSigned(Id, At, Narrowed, Key, Water, Late: true),
        ["crew-recalled.1"] = new CrewRecalled(Id, At, Narrowed, Key, Water, Crew, "支援紧急哨", new WhistleId(Id.Grid, 8)),
        ["crew-departed.1"] = new CrewDeparted(Id, At, Narrowed, Key, Water, Crew, At.AddMinutes(20)),
        ["crew-checked-in.1"] = new CrewCheckedIn(Id, At, Narrowed, Key, Water, Late: true, Crew, 4, Presence),
        ["deadline-passed.1"] = new DeadlinePassed(Id, At, null, null, Water, Clock.CheckIn, At.AddMinutes(-1)),
        ["outcome-reported.1"] = new OutcomeReported(Id, At, Narrowed, Key, Water, OutcomeKind.Ledgered, "部分修复", Ledger),
        ["outcome-accepted.1"] = new OutcomeAccepted(Id, At, Street, Key, Water),
        ["outcome-vetoed.1"] = new OutcomeVetoed(Id, At, Street, Key, Water, "未修好"),
        ["department-released.1"] = new DepartmentReleased(Id, At, Street, Key, Water, "可以离开"),
        ["person-recorded.1"] = new PersonRecorded(Id, At, Narrowed, Key, Person),
        ["matter-recorded.1"] = new MatterRecorded(Id, At, Narrowed, Key, Matter),
        ["object-recorded.1"] = new ObjectRecorded(Id, At, Narrowed, Key, Object),
        ["note-added.1"] = new NoteAdded(Id, At, Narrowed, Key, 3, "水已漫到门口", [Photo]),
        ["whistle-withdrawn.1"] = new WhistleWithdrawn(Id, At, Street, Key, "误报"),
        ["whistle-closed.1"] = new WhistleClosed(Id, At, Street, Key, "完成"),
        ["report-received.1"] = new ReportReceived(ReportId, At, Street, ReportContent),
        ["report-placed.1"] = new ReportPlaced(ReportId, At, Street, Grid, Place),
        ["whistling-started.1"] = new WhistlingStarted(ReportId, At, Street, Grid, Blow),
        ["whistling-refused.1"] = new WhistlingRefused(ReportId, At, Street, "grid-full"),
        ["report-whistled.1"] = new ReportWhistled(ReportId, At, Street, Id),
        ["report-merged.1"] = new ReportMerged(ReportId, At, Street, Id),
        ["report-dismissed.1"] = new ReportDismissed(ReportId, At, Street, "不属于本市"),
        ["crew-joined.1"] = new CrewJoined(
            Id, At, Narrowed, Key, Water, 2, Crew, 4, Presence, [new Attendee("王强", "队长"), new Attendee("赵敏", null)], SubdistrictCode.Parse("990101002")),
        ["crew-left.1"] = new CrewLeft(Id, At, Narrowed, Key, Water, 2, Crew, Unreleased: true, "去取设备"),
        ["crew-released.1"] = new CrewReleased(Id, At, Street, Key, Water, 2, Crew, "另有任务"),
        ["summons-disputed.1"] = new SummonsDisputed(Id, At, Narrowed, Key, Water, 1, "不属我单位职责", DepartmentCode.Parse("990101-roads")),
        ["dispute-ruled.1"] = new DisputeRuled(
            Id,
            At,
            Street,
            Key,
            Water,
            RulingKind.Reassigned,
            "应由道路局承担",
            "《样例市道路条例》",
            DutyRole.Lead,
            DepartmentCode.Parse("990101-roads"),
            new StampedSummons(DepartmentCode.Parse("990101-roads"), DutyRole.Lead, At.AddMinutes(5), At.AddMinutes(30), "《样例市道路条例》")),
        ["summons-held.1"] = new SummonsHeld(Id, At, Held),
        ["summons-over.1"] = new SummonsOver(Id, At, 9),
        ["grid-state.1"] = new GridState(
            Grid,
            18,
            At,
            At.AddMinutes(-20),
            ImmutableDictionary<WhistleId, Whistle>.Empty.Add(Id, Whistle),
            ImmutableDictionary<WhistleId, EndedWhistle>.Empty.Add(new WhistleId(Grid, 3), new EndedWhistle(WhistleStage.Closed, At.AddHours(-1))),
            ImmutableDictionary<string, RememberedCommand>.Empty.Add("li.na key-1", new RememberedCommand("fingerprint", Id, 3, At))),
        ["department-state.1"] = new DepartmentState(
            Water,
            5,
            ImmutableDictionary<WhistleId, HeldSummons>.Empty.Add(Id, Held),
            ImmutableDictionary<WhistleId, OverSummons>.Empty.Add(new WhistleId(Grid, 3), new OverSummons(4, At))),
        ["board-state.1"] = new BoardState(
            1234,
            [Whistle with { Ending = null }],
            [new DepartmentState(
                Water,
                5,
                ImmutableDictionary<WhistleId, HeldSummons>.Empty.Add(Id, Held),
                ImmutableDictionary<WhistleId, OverSummons>.Empty.Add(new WhistleId(Grid, 3), new OverSummons(4, At)))],
            new DayTotals(99, new DateOnly(2026, 3, 10), 1, 2, 3, 4, 5, 6)),
        ["report-desk-state.1"] = new ReportDeskState(
            ReportId.Desk,
            9,
            At,
            ImmutableDictionary<ReportId, Report>.Empty.Add(ReportId, Report with { Whistling = new Whistling(At, Street, Grid, Blow) }),
            ImmutableDictionary<string, KnownReport>.Empty.Add("Hotline 20260310-7", new KnownReport(ReportId, At))),
        ["give-order.1"] = Give(new BlowWhistle(
            Whistle.Matter,
            WhistleOccasion.KeyWork,
            WhistleLevel.Daily,
            WhistleChain.Management,
            "井盖",
            new Position(120.005, 30.005, Datum.Gcj02),
            [new SummonedDepartment(Water, DutyRole.Lead)],
            "理由")),
        ["order-accepted.1"] = new OrderAccepted(Id, 3, [123, 125]),
        ["order-repeated.1"] = new OrderRepeated(Id, 3),
        ["order-refused.1"] = new OrderRefused(new Refusal("already-signed", RefusalKind.Conflict, new LocalizedText("已签收", "signed"), new LocalizedText("无需", "no need"))),
        ["order-not-stored.1"] = new OrderNotStored("disk full"),
        ["ask-whistle.1"] = new AskWhistle(Grid, Id),
        ["whistle-not-here.1"] = new WhistleNotHere(Id),
        ["ask-grid.1"] = new AskGrid(Grid),
        ["grid-answer.1"] = new GridAnswer(Grid, new List<Whistle> { Whistle }),
        ["wake-grid.1"] = new WakeGrid(Grid),
        ["save-grid.1"] = new SaveGrid(Grid),
        ["ask-summons.1"] = new AskSummons(Grid, Id, Water, 8),
        ["summons-news.1"] = new SummonsNews(Water, Id, Held),
        ["news-heard.1"] = new NewsHeard(Grid, Id, Water, 9),
        ["ask-load.1"] = new AskLoad(Water),
        ["wake-department.1"] = new WakeDepartment(Water),
        ["load.1"] = Load,
        ["give-report-order.1"] = GiveReport(new ReceiveReport(ReportContent)),
        ["report-accepted.1"] = new ReportAccepted(Report with { Ending = new ReportEnding(ReportStage.Whistled, At, Street, Id, "理由") }, ReportId, Changed: true),
        ["report-refused.1"] = new ReportRefused(new Refusal("report-not-open", RefusalKind.Conflict, new LocalizedText("已处理", "decided"), new LocalizedText("请重新读取", "read it again"))),
        ["report-not-stored.1"] = new ReportNotStored("disk full"),
        ["ask-desk.1"] = new AskDesk(ReportId.Desk),
        ["desk-answer.1"] = new DeskAnswer(ReportId.Desk, new List<Report> { Report }),
        ["whistle.1"] = new PublishedWhistle(Whistle),
    }.Concat(AlertSamples.All).Concat(CrewSamples.All).Concat(AccessSamples.All).ToDictionary();

    /// <summary>An order of every kind.</summary>
    internal static IReadOnlyList<GiveOrder> Orders { get; } =
    [
        (GiveOrder)All["give-order.1"],
        Give(new BlowWhistle(Whistle.Matter, WhistleOccasion.PublicDemand, WhistleLevel.Campaign, WhistleChain.Development, "x", null, null, null)),
        Give(new SignSummons(Id, Water)),
        Give(new Depart(Id, Water, Crew, At)),
        Give(new Depart(Id, Water, null, null)),
        Give(new RecallCrew(Id, Water, "车辆故障")),
        Give(new CheckInCrew(Id, Water, new PositionFix(new Position(120, 30, Datum.Wgs84), 5, At), Presence.Witness, Crew, 3)),
        Give(new CheckInCrew(Id, Water, null, null, null, null)),
        Give(new ReportOutcome(Id, Water, OutcomeKind.Ledgered, "note", Ledger)),
        Give(new AcceptOutcome(Id, Water)),
        Give(new VetoOutcome(Id, Water, "reason")),
        Give(new ReleaseDepartment(Id, Water, null)),
        Give(new RecordPerson(Id, Person)),
        Give(new RecordMatter(Id, Matter)),
        Give(new RecordObject(Id, Object)),
        Give(new AddNote(Id, "note", [Photo])),
        Give(new WithdrawWhistle(Id, "reason")),
        Give(new CloseWhistle(Id, null)),
        Give(new BlowWhistle(
            Whistle.Matter, WhistleOccasion.PublicDemand, WhistleLevel.Campaign, WhistleChain.Development, "x", null, null, null, [Grid], Exercise: true)),
        Give(new ApproveWhistle(Id)),
        Give(new RejectWhistle(Id, "reason")),
        Give(new JoinWhistle(Id)),
        Give(new DeclineWhistle(Id, "reason")),
        Give(new AddReport(Id, "report", new Position(120, 30, Datum.Gcj02))),
        Give(new MergeWhistle(Id, new WhistleId(Grid, 6), "reason")),
        .. OrdersOfConsultations,
        .. OrdersOfRounds,
        Give(new CheckInCrew(Id, Water, null, Presence.Witness, Crew, 3, [new Attendee("王强", "队长"), new Attendee("赵敏", null)])),
        Give(new LeaveSite(Id, Water, 2, "reason")),
        Give(new LeaveSite(Id, Water, null, null)),
        Give(new ReleaseCrew(Id, Water, 2, "reason")),
        Give(new DisputeSummons(Id, Water, "reason", DepartmentCode.Parse("990101-roads"))),
        Give(new RuleDispute(Id, Water, RulingKind.Reassigned, "text", "basis", DepartmentCode.Parse("990101-roads"))),
        Give(new RuleDispute(Id, Water, RulingKind.Referred, "text", null, null)),
        .. OrdersOfClocks(),
    ];

    /// <summary>An order of every kind to a report desk.</summary>
    internal static IReadOnlyList<GiveReportOrder> ReportOrders { get; } =
    [
        (GiveReportOrder)All["give-report-order.1"],
        GiveReport(new PlaceReport(ReportId, Grid, new Position(120, 30, Datum.Wgs84))),
        GiveReport(new WhistleReport(ReportId, Blow)),
        GiveReport(new MergeReport(ReportId, Id)),
        GiveReport(new DismissReport(ReportId, "reason")),
    ];

    private static GiveReportOrder GiveReport(ReportCommand command) => new(ReportId.Desk, new ReportOrder(command, Narrowed));

    private static GiveOrder Give(GridCommand command) => new(Grid, new Order(command, Narrowed, Key, 4));
}
