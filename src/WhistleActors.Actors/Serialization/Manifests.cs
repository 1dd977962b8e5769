using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Departments;
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
        ("crew-checked-in.1", typeof(CrewCheckedIn), StoredJson.Kept),
        ("deadline-passed.1", typeof(DeadlinePassed), StoredJson.Kept),
        ("outcome-reported.1", typeof(OutcomeReported), StoredJson.Kept),
        ("outcome-accepted.1", typeof(OutcomeAccepted), StoredJson.Kept),
        ("outcome-vetoed.1", typeof(OutcomeVetoed), StoredJson.Kept),
        ("department-released.1", typeof(DepartmentReleased), StoredJson.Kept),
        ("whistle-withdrawn.1", typeof(WhistleWithdrawn), StoredJson.Kept),
        ("whistle-closed.1", typeof(WhistleClosed), StoredJson.Kept),
        ("crew-joined.1", typeof(CrewJoined), StoredJson.Kept),
        ("crew-left.1", typeof(CrewLeft), StoredJson.Kept),
        ("crew-released.1", typeof(CrewReleased), StoredJson.Kept),
        ("summons-disputed.1", typeof(SummonsDisputed), StoredJson.Kept),
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
        ("grid-state.1", typeof(GridState), StoredJson.Kept),
        ("department-state.1", typeof(DepartmentState), StoredJson.Kept),
        ("board-state.1", typeof(BoardState), StoredJson.Kept),
        ("give-order.1", typeof(GiveOrder), StoredJson.Sent),
        ("order-accepted.1", typeof(OrderAccepted), StoredJson.Sent),
        ("order-repeated.1", typeof(OrderRepeated), StoredJson.Sent),
        ("order-refused.1", typeof(OrderRefused), StoredJson.Sent),
        ("order-not-stored.1", typeof(OrderNotStored), StoredJson.Sent),
        ("ask-whistle.1", typeof(AskWhistle), StoredJson.Sent),
        ("whistle-not-here.1", typeof(WhistleNotHere), StoredJson.Sent),
        ("ask-grid.1", typeof(AskGrid), StoredJson.Sent),
        ("grid-answer.1", typeof(GridAnswer), StoredJson.Sent),
        ("wake-grid.1", typeof(WakeGrid), StoredJson.Sent),
        ("ask-summons.1", typeof(AskSummons), StoredJson.Sent),
        ("summons-news.1", typeof(SummonsNews), StoredJson.Sent),
        ("news-heard.1", typeof(NewsHeard), StoredJson.Sent),
        ("ask-load.1", typeof(AskLoad), StoredJson.Sent),
        ("wake-department.1", typeof(WakeDepartment), StoredJson.Sent),
        ("load.1", typeof(LoadView), StoredJson.Sent),
        ("whistle.1", typeof(Whistle), StoredJson.Sent),
    ];

    private static readonly FrozenDictionary<Type, (string Manifest, JsonTypeInfo Json)> ByType =
        All.ToFrozenDictionary(entry => entry.Type, entry => (entry.Manifest, entry.Options.GetTypeInfo(entry.Type)));

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByManifest =
        All.ToFrozenDictionary(entry => entry.Manifest, entry => entry.Options.GetTypeInfo(entry.Type));

    internal static IEnumerable<(string Manifest, Type Type)> Known => All.Select(entry => (entry.Manifest, entry.Type));

    internal static (string Manifest, JsonTypeInfo Json) Of(object value) =>
        ByType.TryGetValue(value.GetType(), out var entry)
            ? entry
            : throw new ArgumentException($"{value.GetType().Name} has no manifest.", nameof(value));

    internal static JsonTypeInfo Of(string manifest) =>
        ByManifest.TryGetValue(manifest, out var json)
            ? json
            : throw new ArgumentException($"The manifest '{manifest}' is unknown: it was written by a newer version.", nameof(manifest));
}
