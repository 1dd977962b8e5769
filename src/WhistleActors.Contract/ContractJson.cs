using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhistleActors.Contract.Alerts;
using WhistleActors.Contract.Allocations;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.City;
using WhistleActors.Contract.Departments;
using WhistleActors.Contract.Plans;
using WhistleActors.Contract.Problems;
using WhistleActors.Contract.Reports;
using WhistleActors.Contract.Records;
using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Contract;

/// <summary>
/// How the contract is written as JSON: camelCase names, kebab-case values, UTF-8 as it is, nothing unknown accepted.
/// Compiled ahead of time, because every command and every screen passes through here.
/// </summary>
[JsonSerializable(typeof(BlowRequest))]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(DepartRequest))]
[JsonSerializable(typeof(CheckInRequest))]
[JsonSerializable(typeof(OutcomeRequest))]
[JsonSerializable(typeof(AcceptRequest))]
[JsonSerializable(typeof(VetoRequest))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(WithdrawRequest))]
[JsonSerializable(typeof(CloseRequest))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(RejectRequest))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(DeclineRequest))]
[JsonSerializable(typeof(AddReportRequest))]
[JsonSerializable(typeof(MergeRequest))]
[JsonSerializable(typeof(NearbyView))]
[JsonSerializable(typeof(PersonRequest))]
[JsonSerializable(typeof(MatterRequest))]
[JsonSerializable(typeof(ObjectRequest))]
[JsonSerializable(typeof(NoteRequest))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(PlaceReportRequest))]
[JsonSerializable(typeof(WhistleReportRequest))]
[JsonSerializable(typeof(MergeReportRequest))]
[JsonSerializable(typeof(DismissReportRequest))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(ReportPage))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(ConferenceRequest))]
[JsonSerializable(typeof(PositionStatementRequest))]
[JsonSerializable(typeof(ProposalRequest))]
[JsonSerializable(typeof(ProposalAnswerRequest))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(CompleteTaskRequest))]
[JsonSerializable(typeof(ConfirmTaskRequest))]
[JsonSerializable(typeof(ReturnTaskRequest))]
[JsonSerializable(typeof(BlowAgainRequest))]
[JsonSerializable(typeof(ReopenRequest))]
[JsonSerializable(typeof(VoidRequest))]
[JsonSerializable(typeof(MinutesView))]
[JsonSerializable(typeof(RecallRequest))]
[JsonSerializable(typeof(LeaveRequest))]
[JsonSerializable(typeof(DisputeRequest))]
[JsonSerializable(typeof(SubstituteRequest))]
[JsonSerializable(typeof(RuleRequest))]
[JsonSerializable(typeof(IReadOnlyList<PrecedentView>))]
[JsonSerializable(typeof(ContactRequest))]
[JsonSerializable(typeof(MeasureRequest))]
[JsonSerializable(typeof(WrittenReportRequest))]
[JsonSerializable(typeof(ExtensionRequest))]
[JsonSerializable(typeof(SuspensionRequest))]
[JsonSerializable(typeof(RefuseRequest))]
[JsonSerializable(typeof(EndSuspensionRequest))]
[JsonSerializable(typeof(ReachMilestoneRequest))]
[JsonSerializable(typeof(CompleteLedgerRequest))]
[JsonSerializable(typeof(ConfirmLedgerRequest))]
[JsonSerializable(typeof(LedgerExtensionRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInAnswer))]
[JsonSerializable(typeof(WithdrawAccessRequest))]
[JsonSerializable(typeof(WithdrawnAccessView))]
[JsonSerializable(typeof(IReadOnlyList<WithdrawnAccessView>))]
[JsonSerializable(typeof(WhistleView))]
[JsonSerializable(typeof(WhistlePage))]
[JsonSerializable(typeof(TraceView))]
[JsonSerializable(typeof(DossierView))]
[JsonSerializable(typeof(UploadView))]
[JsonSerializable(typeof(LoadView))]
[JsonSerializable(typeof(LoadMinutesView))]
[JsonSerializable(typeof(DistrictLoadMinutesView))]
[JsonSerializable(typeof(LoadForecastView))]
[JsonSerializable(typeof(AllocationView))]
[JsonSerializable(typeof(ContentionView))]
[JsonSerializable(typeof(AssignCrewRequest))]
[JsonSerializable(typeof(CrewReasonRequest))]
[JsonSerializable(typeof(CrewDutyRequest))]
[JsonSerializable(typeof(LendCrewRequest))]
[JsonSerializable(typeof(AllocationModeRequest))]
[JsonSerializable(typeof(PriorityRequest))]
[JsonSerializable(typeof(ThrottleRequest))]
[JsonSerializable(typeof(ExpectedView))]
[JsonSerializable(typeof(IReadOnlyList<LoadView>))]
[JsonSerializable(typeof(IReadOnlyList<DistrictLoadView>))]
[JsonSerializable(typeof(IReadOnlyList<DepartmentView>))]
[JsonSerializable(typeof(IReadOnlyList<SubdistrictView>))]
[JsonSerializable(typeof(IReadOnlyList<MatterView>))]
[JsonSerializable(typeof(CityView))]
[JsonSerializable(typeof(GridView))]
[JsonSerializable(typeof(ProposalView))]
[JsonSerializable(typeof(PatternsView))]
[JsonSerializable(typeof(WhistleRatesView))]
[JsonSerializable(typeof(ProposalsView))]
[JsonSerializable(typeof(BoardFrame))]
[JsonSerializable(typeof(BoardPosition))]
[JsonSerializable(typeof(CityTotalsView))]
[JsonSerializable(typeof(AlertFrame))]
[JsonSerializable(typeof(EscalationFrame))]
[JsonSerializable(typeof(WhistleAlertsView))]
[JsonSerializable(typeof(DeadLettersView))]
[JsonSerializable(typeof(RosterView))]
[JsonSerializable(typeof(RosterRequest))]
[JsonSerializable(typeof(HandOverRequest))]
[JsonSerializable(typeof(NotificationRulesRequest))]
[JsonSerializable(typeof(NotificationRulesView))]
[JsonSerializable(typeof(PushSubscriptionsView))]
[JsonSerializable(typeof(WebhooksView))]
[JsonSerializable(typeof(PushSubscriptionRequest))]
[JsonSerializable(typeof(PushKeyView))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(IReadOnlyList<ScenarioView>))]
[JsonSerializable(typeof(ScenarioDetailView))]
[JsonSerializable(typeof(Problem))]
public sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>Type information of the contract; made before <see cref="Wire"/>, which stands on it.</summary>
    public static ContractJson Types { get; } = new(Basics(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    /// <summary>The options that a server reads and writes with: strict.</summary>
    public static JsonSerializerOptions Wire { get; } = Strict(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Lets a host's JSON options read and write as the contract does.</summary>
    public static JsonSerializerOptions Strict(JsonSerializerOptions options)
    {
        Basics(options);
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;

        // A schema of the contract is twice as deep as what it describes, and is held to this too.
        options.MaxDepth = 32;
        options.TypeInfoResolverChain.Insert(0, Types);
        return options;
    }

    private static JsonSerializerOptions Basics(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new OffsetTimeConverter());
        return options;
    }
}
