using System.Collections.Frozen;
using System.Text.Json;
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
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Serialization;

/// <summary>
/// The name and version under which each stored or sent thing is written. A manifest, once released, is read for ever: a changed form
/// gets the next number, and the old one a reader that lifts it to the new type.
/// </summary>
internal static class Manifests
{
    private static readonly (string Manifest, Type Type, JsonSerializerOptions Options)[] All =
    [
        ("whistle-blown.1", typeof(WhistleBlown), StoredJson.Kept),
        ("whistle-proposed.1", typeof(WhistleProposed), StoredJson.Kept),
        ("whistle-approved.1", typeof(WhistleApproved), StoredJson.Kept),
        ("whistle-rejected.1", typeof(WhistleRejected), StoredJson.Kept),
        ("approval-missed.1", typeof(ApprovalMissed), StoredJson.Kept),
        ("whistle-joined.1", typeof(WhistleJoined), StoredJson.Kept),
        ("whistle-declined.1", typeof(WhistleDeclined), StoredJson.Kept),
        ("report-added.1", typeof(ReportAdded), StoredJson.Kept),
        ("whistle-took-in.1", typeof(WhistleTookIn), StoredJson.Kept),
        ("whistle-merged.1", typeof(WhistleMerged), StoredJson.Kept),
        ("summons-signed.1", typeof(SummonsSigned), StoredJson.Kept),
        ("crew-departed.1", typeof(CrewDeparted), StoredJson.Kept),
        ("crew-recalled.1", typeof(CrewRecalled), StoredJson.Kept),
        ("crew-checked-in.1", typeof(CrewCheckedIn), StoredJson.Kept),
        ("deadline-passed.1", typeof(DeadlinePassed), StoredJson.Kept),
        ("outcome-reported.1", typeof(OutcomeReported), StoredJson.Kept),
        ("outcome-accepted.1", typeof(OutcomeAccepted), StoredJson.Kept),
        ("outcome-vetoed.1", typeof(OutcomeVetoed), StoredJson.Kept),
        ("department-released.1", typeof(DepartmentReleased), StoredJson.Kept),
        ("person-recorded.1", typeof(PersonRecorded), StoredJson.Kept),
        ("matter-recorded.1", typeof(MatterRecorded), StoredJson.Kept),
        ("object-recorded.1", typeof(ObjectRecorded), StoredJson.Kept),
        ("note-added.1", typeof(NoteAdded), StoredJson.Kept),
        ("whistle-withdrawn.1", typeof(WhistleWithdrawn), StoredJson.Kept),
        ("whistle-closed.1", typeof(WhistleClosed), StoredJson.Kept),
        ("report-received.1", typeof(ReportReceived), StoredJson.Kept),
        ("report-placed.1", typeof(ReportPlaced), StoredJson.Kept),
        ("whistling-started.1", typeof(WhistlingStarted), StoredJson.Kept),
        ("whistling-refused.1", typeof(WhistlingRefused), StoredJson.Kept),
        ("report-whistled.1", typeof(ReportWhistled), StoredJson.Kept),
        ("report-merged.1", typeof(ReportMerged), StoredJson.Kept),
        ("report-dismissed.1", typeof(ReportDismissed), StoredJson.Kept),
        ("conference-convened.1", typeof(ConferenceConvened), StoredJson.Kept),
        ("position-stated.1", typeof(PositionStated), StoredJson.Kept),
        ("measure-proposed.1", typeof(MeasureProposed), StoredJson.Kept),
        ("proposal-answered.1", typeof(ProposalAnswered), StoredJson.Kept),
        ("conference-decided.1", typeof(ConferenceDecided), StoredJson.Kept),
        ("task-completed.1", typeof(TaskCompleted), StoredJson.Kept),
        ("task-confirmed.1", typeof(TaskConfirmed), StoredJson.Kept),
        ("task-returned.1", typeof(TaskReturned), StoredJson.Kept),
        ("whistle-blown-again.1", typeof(WhistleBlownAgain), StoredJson.Kept),
        ("whistle-reopened.1", typeof(WhistleReopened), StoredJson.Kept),
        ("whistle-voided.1", typeof(WhistleVoided), StoredJson.Kept),
        ("crew-joined.1", typeof(CrewJoined), StoredJson.Kept),
        ("crew-left.1", typeof(CrewLeft), StoredJson.Kept),
        ("crew-released.1", typeof(CrewReleased), StoredJson.Kept),
        ("summons-disputed.1", typeof(SummonsDisputed), StoredJson.Kept),
        ("substitute-called.1", typeof(SubstituteCalled), StoredJson.Kept),
        ("dispute-ruled.1", typeof(DisputeRuled), StoredJson.Kept),
        ("initiator-contacted.1", typeof(InitiatorContacted), StoredJson.Kept),
        ("measure-recorded.1", typeof(MeasureRecorded), StoredJson.Kept),
        ("report-filed.1", typeof(ReportFiled), StoredJson.Kept),
        ("deadline-near.1", typeof(DeadlineNear), StoredJson.Kept),
        ("extension-requested.1", typeof(ExtensionRequested), StoredJson.Kept),
        ("extension-approved.1", typeof(ExtensionApproved), StoredJson.Kept),
        ("extension-refused.1", typeof(ExtensionRefused), StoredJson.Kept),
        ("suspension-requested.1", typeof(SuspensionRequested), StoredJson.Kept),
        ("suspension-approved.1", typeof(SuspensionApproved), StoredJson.Kept),
        ("suspension-refused.1", typeof(SuspensionRefused), StoredJson.Kept),
        ("suspension-ended.1", typeof(SuspensionEnded), StoredJson.Kept),
        ("ledger-reminded.1", typeof(LedgerReminded), StoredJson.Kept),
        ("milestone-reached.1", typeof(MilestoneReached), StoredJson.Kept),
        ("ledger-completed.1", typeof(LedgerCompleted), StoredJson.Kept),
        ("ledger-confirmed.1", typeof(LedgerConfirmed), StoredJson.Kept),
        ("ledger-refused.1", typeof(LedgerRefused), StoredJson.Kept),
        ("ledger-extension-requested.1", typeof(LedgerExtensionRequested), StoredJson.Kept),
        ("ledger-extension-approved.1", typeof(LedgerExtensionApproved), StoredJson.Kept),
        ("ledger-extension-refused.1", typeof(LedgerExtensionRefused), StoredJson.Kept),
        ("ledger-returned.1", typeof(LedgerReturned), StoredJson.Kept),
        ("summons-held.1", typeof(SummonsHeld), StoredJson.Kept),
        ("summons-over.1", typeof(SummonsOver), StoredJson.Kept),
        ("alert-steps-taken.1", typeof(AlertStepsTaken), StoredJson.Kept),
        ("notice-sent.1", typeof(NoticeSent), StoredJson.Kept),
        ("notice-answered.1", typeof(NoticeAnswered), StoredJson.Kept),
        ("notice-revived.1", typeof(NoticeRevived), StoredJson.Kept),
        ("alerts-shown.1", typeof(AlertsShown), StoredJson.Kept),
        ("roster-replaced.1", typeof(RosterReplaced), StoredJson.Kept),
        ("duty-handed-over.1", typeof(DutyHandedOver), StoredJson.Kept),
        ("notification-rules-set.1", typeof(NotificationRulesSet), StoredJson.Kept),
        ("push-subscribed.1", typeof(PushSubscribed), StoredJson.Kept),
        ("push-unsubscribed.1", typeof(PushUnsubscribed), StoredJson.Kept),
        ("crew-assigned.1", typeof(CrewAssigned), StoredJson.Kept),
        ("crew-unassigned.1", typeof(CrewUnassigned), StoredJson.Kept),
        ("crew-duty-changed.1", typeof(CrewDutyChanged), StoredJson.Kept),
        ("allocation-mode-set.1", typeof(AllocationModeSet), StoredJson.Kept),
        ("summons-prioritised.1", typeof(SummonsPrioritised), StoredJson.Kept),
        ("levels-throttled.1", typeof(LevelsThrottled), StoredJson.Kept),
        ("crew-lent.1", typeof(CrewLent), StoredJson.Kept),
        ("crew-returned.1", typeof(CrewReturned), StoredJson.Kept),
        ("access-withdrawn.1", typeof(AccessWithdrawn), StoredJson.Kept),
        ("access-state.1", typeof(AccessState), StoredJson.Kept),
        ("grid-state.1", typeof(GridState), StoredJson.Kept),
        ("department-state.1", typeof(DepartmentState), StoredJson.Kept),
        ("board-state.1", typeof(BoardState), StoredJson.Kept),
        ("report-desk-state.1", typeof(ReportDeskState), StoredJson.Kept),
        ("give-order.1", typeof(GiveOrder), StoredJson.Sent),
        ("order-accepted.1", typeof(OrderAccepted), StoredJson.Sent),
        ("order-repeated.1", typeof(OrderRepeated), StoredJson.Sent),
        ("order-refused.1", typeof(OrderRefused), StoredJson.Sent),
        ("order-not-stored.1", typeof(OrderNotStored), StoredJson.Sent),
        ("ask-whistle.1", typeof(AskWhistle), StoredJson.Sent),
        ("whistle-not-here.1", typeof(WhistleNotHere), StoredJson.Sent),
        ("ask-returns.1", typeof(AskReturns), StoredJson.Sent),
        ("returns.1", typeof(Returns), StoredJson.Sent),
        ("ask-grid.1", typeof(AskGrid), StoredJson.Sent),
        ("grid-answer.1", typeof(GridAnswer), StoredJson.Sent),
        ("wake-grid.1", typeof(WakeGrid), StoredJson.Sent),
        ("save-grid.1", typeof(SaveGrid), StoredJson.Sent),
        ("ask-summons.1", typeof(AskSummons), StoredJson.Sent),
        ("summons-news.1", typeof(SummonsNews), StoredJson.Sent),
        ("news-heard.1", typeof(NewsHeard), StoredJson.Sent),
        ("ask-load.1", typeof(AskLoad), StoredJson.Sent),
        ("wake-department.1", typeof(WakeDepartment), StoredJson.Sent),
        ("give-alert-order.1", typeof(GiveAlertOrder), StoredJson.Sent),
        ("alert-order-answer.1", typeof(DepartmentAnswer), StoredJson.Sent),
        ("ask-alerts.1", typeof(AskAlerts), StoredJson.Sent),
        ("alerts-answer.1", typeof(AlertsAnswer), StoredJson.Sent),
        ("give-crew-order.1", typeof(GiveCrewOrder), StoredJson.Sent),
        ("crews.1", typeof(PublishedCrews), StoredJson.Sent),
        ("load.1", typeof(LoadView), StoredJson.Sent),
        ("give-report-order.1", typeof(GiveReportOrder), StoredJson.Sent),
        ("report-accepted.1", typeof(ReportAccepted), StoredJson.Sent),
        ("report-refused.1", typeof(ReportRefused), StoredJson.Sent),
        ("report-not-stored.1", typeof(ReportNotStored), StoredJson.Sent),
        ("ask-desk.1", typeof(AskDesk), StoredJson.Sent),
        ("desk-answer.1", typeof(DeskAnswer), StoredJson.Sent),
        ("give-access-order.1", typeof(GiveAccessOrder), StoredJson.Sent),
        ("ask-access.1", typeof(AskAccess), StoredJson.Sent),
        ("access-answer.1", typeof(AccessAnswer), StoredJson.Sent),
        ("whistle.1", typeof(Whistle), StoredJson.Sent),
    ];

    /// <summary>What was stored once and is written otherwise today; docs/schema-evolution.md has an example of each sort.</summary>
    internal static IReadOnlyList<FormerForm> Former { get; } = [];

    private static readonly FrozenDictionary<Type, (string Manifest, JsonTypeInfo Json)> ByType =
        All.ToFrozenDictionary(entry => entry.Type, entry => (entry.Manifest, entry.Options.GetTypeInfo(entry.Type)));

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByManifest =
        All.ToFrozenDictionary(entry => entry.Manifest, entry => entry.Options.GetTypeInfo(entry.Type));

    internal static IEnumerable<(string Manifest, Type Type)> Known => All.Select(entry => (entry.Manifest, entry.Type));

    internal static (string Manifest, JsonTypeInfo Json) Of(object value) =>
        ByType.TryGetValue(value.GetType(), out var entry)
            ? entry
            : throw new ArgumentException($"{value.GetType().Name} has no manifest.", nameof(value));

    /// <summary>The form of a manifest; null when it is none of ours, or of a newer version.</summary>
    internal static JsonTypeInfo? Find(string manifest) => ByManifest.GetValueOrDefault(manifest);

    internal static JsonTypeInfo Of(string manifest) =>
        ByManifest.TryGetValue(manifest, out var json)
            ? json
            : throw new ArgumentException($"The manifest '{manifest}' is unknown: it was written by a newer version.", nameof(manifest));
}
