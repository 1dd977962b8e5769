using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Reports;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Serialization;

/// <summary>
/// How events, snapshots and messages between nodes are written: JSON compiled ahead of time, readable in the database.
/// Names of properties are part of the stored form: the samples in the tests hold them fast.
/// </summary>
[JsonSerializable(typeof(WhistleBlown))]
[JsonSerializable(typeof(WhistleProposed))]
[JsonSerializable(typeof(WhistleApproved))]
[JsonSerializable(typeof(WhistleRejected))]
[JsonSerializable(typeof(ApprovalMissed))]
[JsonSerializable(typeof(WhistleJoined))]
[JsonSerializable(typeof(WhistleDeclined))]
[JsonSerializable(typeof(ReportAdded))]
[JsonSerializable(typeof(WhistleTookIn))]
[JsonSerializable(typeof(WhistleMerged))]
[JsonSerializable(typeof(SummonsSigned))]
[JsonSerializable(typeof(CrewDeparted))]
[JsonSerializable(typeof(CrewRecalled))]
[JsonSerializable(typeof(CrewCheckedIn))]
[JsonSerializable(typeof(DeadlinePassed))]
[JsonSerializable(typeof(OutcomeReported))]
[JsonSerializable(typeof(OutcomeAccepted))]
[JsonSerializable(typeof(OutcomeVetoed))]
[JsonSerializable(typeof(DepartmentReleased))]
[JsonSerializable(typeof(PersonRecorded))]
[JsonSerializable(typeof(MatterRecorded))]
[JsonSerializable(typeof(ObjectRecorded))]
[JsonSerializable(typeof(NoteAdded))]
[JsonSerializable(typeof(WhistleWithdrawn))]
[JsonSerializable(typeof(WhistleClosed))]
[JsonSerializable(typeof(ConferenceConvened))]
[JsonSerializable(typeof(PositionStated))]
[JsonSerializable(typeof(MeasureProposed))]
[JsonSerializable(typeof(ProposalAnswered))]
[JsonSerializable(typeof(ConferenceDecided))]
[JsonSerializable(typeof(TaskCompleted))]
[JsonSerializable(typeof(TaskConfirmed))]
[JsonSerializable(typeof(TaskReturned))]
[JsonSerializable(typeof(WhistleBlownAgain))]
[JsonSerializable(typeof(WhistleReopened))]
[JsonSerializable(typeof(WhistleVoided))]
[JsonSerializable(typeof(CrewJoined))]
[JsonSerializable(typeof(CrewLeft))]
[JsonSerializable(typeof(CrewReleased))]
[JsonSerializable(typeof(SummonsDisputed))]
[JsonSerializable(typeof(DisputeRuled))]
[JsonSerializable(typeof(SubstituteCalled))]
[JsonSerializable(typeof(InitiatorContacted))]
[JsonSerializable(typeof(MeasureRecorded))]
[JsonSerializable(typeof(ReportFiled))]
[JsonSerializable(typeof(DeadlineNear))]
[JsonSerializable(typeof(ExtensionRequested))]
[JsonSerializable(typeof(ExtensionApproved))]
[JsonSerializable(typeof(ExtensionRefused))]
[JsonSerializable(typeof(SuspensionRequested))]
[JsonSerializable(typeof(SuspensionApproved))]
[JsonSerializable(typeof(SuspensionRefused))]
[JsonSerializable(typeof(SuspensionEnded))]
[JsonSerializable(typeof(LedgerReminded))]
[JsonSerializable(typeof(MilestoneReached))]
[JsonSerializable(typeof(LedgerCompleted))]
[JsonSerializable(typeof(LedgerConfirmed))]
[JsonSerializable(typeof(LedgerRefused))]
[JsonSerializable(typeof(LedgerExtensionRequested))]
[JsonSerializable(typeof(LedgerExtensionApproved))]
[JsonSerializable(typeof(LedgerExtensionRefused))]
[JsonSerializable(typeof(LedgerReturned))]
[JsonSerializable(typeof(SummonsHeld))]
[JsonSerializable(typeof(SummonsOver))]
[JsonSerializable(typeof(GridState))]
[JsonSerializable(typeof(DepartmentState))]
[JsonSerializable(typeof(BoardState))]
[JsonSerializable(typeof(GiveOrder))]
[JsonSerializable(typeof(BlowWhistle))]
[JsonSerializable(typeof(ApproveWhistle))]
[JsonSerializable(typeof(RejectWhistle))]
[JsonSerializable(typeof(JoinWhistle))]
[JsonSerializable(typeof(DeclineWhistle))]
[JsonSerializable(typeof(AddReport))]
[JsonSerializable(typeof(MergeWhistle))]
[JsonSerializable(typeof(SignSummons))]
[JsonSerializable(typeof(Depart))]
[JsonSerializable(typeof(RecallCrew))]
[JsonSerializable(typeof(CheckInCrew))]
[JsonSerializable(typeof(ReportOutcome))]
[JsonSerializable(typeof(AcceptOutcome))]
[JsonSerializable(typeof(VetoOutcome))]
[JsonSerializable(typeof(ReleaseDepartment))]
[JsonSerializable(typeof(RecordPerson))]
[JsonSerializable(typeof(RecordMatter))]
[JsonSerializable(typeof(RecordObject))]
[JsonSerializable(typeof(AddNote))]
[JsonSerializable(typeof(WithdrawWhistle))]
[JsonSerializable(typeof(CloseWhistle))]
[JsonSerializable(typeof(VoidWhistle))]
[JsonSerializable(typeof(BlowAgain))]
[JsonSerializable(typeof(ReopenWhistle))]
[JsonSerializable(typeof(ConveneConference))]
[JsonSerializable(typeof(StatePosition))]
[JsonSerializable(typeof(ProposeMeasure))]
[JsonSerializable(typeof(AnswerProposal))]
[JsonSerializable(typeof(DecideConference))]
[JsonSerializable(typeof(CompleteTask))]
[JsonSerializable(typeof(ConfirmTask))]
[JsonSerializable(typeof(ReturnTask))]
[JsonSerializable(typeof(ReleaseCrew))]
[JsonSerializable(typeof(LeaveSite))]
[JsonSerializable(typeof(DisputeSummons))]
[JsonSerializable(typeof(RuleDispute))]
[JsonSerializable(typeof(CallSubstitute))]
[JsonSerializable(typeof(ContactInitiator))]
[JsonSerializable(typeof(RecordMeasure))]
[JsonSerializable(typeof(FileReport))]
[JsonSerializable(typeof(RequestExtension))]
[JsonSerializable(typeof(ApproveExtension))]
[JsonSerializable(typeof(RefuseExtension))]
[JsonSerializable(typeof(RequestSuspension))]
[JsonSerializable(typeof(ApproveSuspension))]
[JsonSerializable(typeof(RefuseSuspension))]
[JsonSerializable(typeof(EndSuspension))]
[JsonSerializable(typeof(ReportMilestone))]
[JsonSerializable(typeof(CompleteLedger))]
[JsonSerializable(typeof(ConfirmLedger))]
[JsonSerializable(typeof(RefuseLedger))]
[JsonSerializable(typeof(RequestLedgerExtension))]
[JsonSerializable(typeof(ApproveLedgerExtension))]
[JsonSerializable(typeof(RefuseLedgerExtension))]
[JsonSerializable(typeof(OrderAccepted))]
[JsonSerializable(typeof(OrderRepeated))]
[JsonSerializable(typeof(OrderRefused))]
[JsonSerializable(typeof(OrderNotStored))]
[JsonSerializable(typeof(AskWhistle))]
[JsonSerializable(typeof(WhistleNotHere))]
[JsonSerializable(typeof(AskReturns))]
[JsonSerializable(typeof(Returns))]
[JsonSerializable(typeof(AskGrid))]
[JsonSerializable(typeof(GridAnswer))]
[JsonSerializable(typeof(WakeGrid))]
[JsonSerializable(typeof(SaveGrid))]
[JsonSerializable(typeof(AskSummons))]
[JsonSerializable(typeof(SummonsNews))]
[JsonSerializable(typeof(NewsHeard))]
[JsonSerializable(typeof(AskLoad))]
[JsonSerializable(typeof(WakeDepartment))]
[JsonSerializable(typeof(ReportReceived))]
[JsonSerializable(typeof(ReportPlaced))]
[JsonSerializable(typeof(WhistlingStarted))]
[JsonSerializable(typeof(WhistlingRefused))]
[JsonSerializable(typeof(ReportWhistled))]
[JsonSerializable(typeof(ReportMerged))]
[JsonSerializable(typeof(ReportDismissed))]
[JsonSerializable(typeof(ReportDeskState))]
[JsonSerializable(typeof(GiveReportOrder))]
[JsonSerializable(typeof(ReportAccepted))]
[JsonSerializable(typeof(ReportRefused))]
[JsonSerializable(typeof(ReportNotStored))]
[JsonSerializable(typeof(AskDesk))]
[JsonSerializable(typeof(DeskAnswer))]
[JsonSerializable(typeof(ReceiveReport))]
[JsonSerializable(typeof(PlaceReport))]
[JsonSerializable(typeof(WhistleReport))]
[JsonSerializable(typeof(MergeReport))]
[JsonSerializable(typeof(DismissReport))]
[JsonSerializable(typeof(LoadView))]
[JsonSerializable(typeof(AlertContact))]
[JsonSerializable(typeof(AlertNotice))]
[JsonSerializable(typeof(AlertStepsTaken))]
[JsonSerializable(typeof(NoticeSent))]
[JsonSerializable(typeof(NoticeAnswered))]
[JsonSerializable(typeof(NoticeRevived))]
[JsonSerializable(typeof(AlertsShown))]
[JsonSerializable(typeof(RosterReplaced))]
[JsonSerializable(typeof(DutyHandedOver))]
[JsonSerializable(typeof(NotificationRulesSet))]
[JsonSerializable(typeof(PushSubscribed))]
[JsonSerializable(typeof(PushUnsubscribed))]
[JsonSerializable(typeof(GiveAlertOrder))]
[JsonSerializable(typeof(DepartmentAnswer))]
[JsonSerializable(typeof(AskAlerts))]
[JsonSerializable(typeof(AlertsAnswer))]
[JsonSerializable(typeof(CrewAssigned))]
[JsonSerializable(typeof(CrewUnassigned))]
[JsonSerializable(typeof(CrewDutyChanged))]
[JsonSerializable(typeof(AllocationModeSet))]
[JsonSerializable(typeof(SummonsPrioritised))]
[JsonSerializable(typeof(LevelsThrottled))]
[JsonSerializable(typeof(CrewLent))]
[JsonSerializable(typeof(CrewReturned))]
[JsonSerializable(typeof(GiveCrewOrder))]
[JsonSerializable(typeof(PublishedCrews))]
[JsonSerializable(typeof(AssignCrew))]
[JsonSerializable(typeof(UnassignCrew))]
[JsonSerializable(typeof(SetCrewDuty))]
[JsonSerializable(typeof(SetAllocationMode))]
[JsonSerializable(typeof(PrioritiseSummons))]
[JsonSerializable(typeof(ThrottleLevels))]
[JsonSerializable(typeof(LendCrew))]
[JsonSerializable(typeof(ReturnCrew))]
[JsonSerializable(typeof(ReplaceRoster))]
[JsonSerializable(typeof(HandOver))]
[JsonSerializable(typeof(SetNotificationRules))]
[JsonSerializable(typeof(SubscribePush))]
[JsonSerializable(typeof(UnsubscribePush))]
[JsonSerializable(typeof(ShowAlerts))]
[JsonSerializable(typeof(ReviveNotice))]
[JsonSerializable(typeof(AccessWithdrawn))]
[JsonSerializable(typeof(AccessState))]
[JsonSerializable(typeof(GiveAccessOrder))]
[JsonSerializable(typeof(AskAccess))]
[JsonSerializable(typeof(AccessAnswer))]
[JsonSerializable(typeof(Whistle))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    private static readonly Type[] Commands =
    [
        typeof(BlowWhistle), typeof(SignSummons), typeof(Depart), typeof(RecallCrew), typeof(CheckInCrew), typeof(ReportOutcome), typeof(AcceptOutcome),
        typeof(VetoOutcome), typeof(ReleaseDepartment), typeof(WithdrawWhistle), typeof(CloseWhistle),
        typeof(ApproveWhistle), typeof(RejectWhistle), typeof(JoinWhistle), typeof(DeclineWhistle), typeof(AddReport), typeof(MergeWhistle),
        typeof(RecordPerson), typeof(RecordMatter), typeof(RecordObject), typeof(AddNote),
        typeof(VoidWhistle), typeof(BlowAgain), typeof(ReopenWhistle), typeof(ConveneConference), typeof(StatePosition), typeof(ProposeMeasure),
        typeof(AnswerProposal), typeof(DecideConference), typeof(CompleteTask), typeof(ConfirmTask), typeof(ReturnTask),
        typeof(ReleaseCrew), typeof(LeaveSite), typeof(DisputeSummons), typeof(RuleDispute), typeof(CallSubstitute),
        typeof(ContactInitiator), typeof(RecordMeasure), typeof(FileReport), typeof(RequestExtension), typeof(ApproveExtension),
        typeof(RefuseExtension), typeof(RequestSuspension), typeof(ApproveSuspension), typeof(RefuseSuspension), typeof(EndSuspension),
        typeof(ReportMilestone), typeof(CompleteLedger), typeof(ConfirmLedger), typeof(RefuseLedger), typeof(RequestLedgerExtension),
        typeof(ApproveLedgerExtension), typeof(RefuseLedgerExtension),
    ];

    private static readonly Type[] AlertCommands =
    [
        typeof(ReplaceRoster), typeof(HandOver), typeof(SetNotificationRules), typeof(SubscribePush), typeof(UnsubscribePush), typeof(ShowAlerts), typeof(ReviveNotice),
    ];

    private static readonly Type[] CrewCommands =
    [
        typeof(AssignCrew), typeof(UnassignCrew), typeof(SetCrewDuty), typeof(SetAllocationMode), typeof(PrioritiseSummons), typeof(ThrottleLevels), typeof(LendCrew), typeof(ReturnCrew),
    ];

    private static readonly Type[] ReportCommands =
        [typeof(ReceiveReport), typeof(PlaceReport), typeof(WhistleReport), typeof(MergeReport), typeof(DismissReport)];

    /// <summary>For what stays: events and snapshots.</summary>
    internal static JsonSerializerOptions Kept { get; } = Create(new StoredJson().WithAddedModifier(WithoutDerived));

    /// <summary>For what travels between nodes.</summary>
    internal static JsonSerializerOptions Sent { get; } = Create(new StoredJson().WithAddedModifier(WithoutDerived).WithAddedModifier(WithCommands));

    private static JsonSerializerOptions Create(IJsonTypeInfoResolver types) => new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new JsonStringEnumConverter<Role>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<DutyRole>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<WhistleOccasion>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<WhistleLevel>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<WhistleChain>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<WhistleStage>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<SummonsState>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<ReportSource>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<ReportStage>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<PersonKind>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<ComponentScheme>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<OutcomeKind>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<AlertCause>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<AlertChannel>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<ChainRank>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<NoticeResult>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<ShiftKind>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<Domain.Deadlines.Clock>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<Domain.Geography.Datum>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<Domain.Refusals.RefusalKind>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<Domain.Disputes.RulingKind>(JsonNamingPolicy.KebabCaseLower),
            new TimeLimitConverter(),
            new CodeConverter<DistrictCode>(),
            new CodeConverter<SubdistrictCode>(),
            new CodeConverter<GridCode>(),
            new CodeConverter<DepartmentCode>(),
            new CodeConverter<CrewCode>(),
            new CodeConverter<MatterCode>(),
            new CodeConverter<OrganisationCode>(),
            new CodeConverter<WhistleId>(),
            new CodeConverter<PersonId>(),
            new CodeConverter<DeskCode>(),
            new CodeConverter<ReportId>(),
            new CodeConverter<ComponentId>(),
            new CodeConverter<ContentHash>(),
            new OfficerConverter(),
        },
        TypeInfoResolver = types,
    };

    // What follows from other fields is not stored. IgnoreReadOnlyProperties does not reach collections, such as a grid's open whistles.
    private static void WithoutDerived(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i] is { Set: null, AssociatedParameter: null })
                type.Properties.RemoveAt(i);
        }
    }

    private static void WithCommands(JsonTypeInfo type)
    {
        var commands = type.Type == typeof(GridCommand) ? Commands
            : type.Type == typeof(AlertCommand) ? AlertCommands
            : type.Type == typeof(CrewCommand) ? CrewCommands
            : type.Type == typeof(ReportCommand) ? ReportCommands
            : null;
        if (commands is null)
            return;
        type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "command" };
        foreach (var command in commands)
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(command, JsonNamingPolicy.KebabCaseLower.ConvertName(command.Name)));
    }
}
