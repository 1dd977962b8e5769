using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.Operations;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Actors.Reports;

/// <summary>
/// A report desk. A thin shell around <see cref="ReportDesk"/>: it stores what they decide and answers after that. Where a whistle is to be blown it
/// orders that of the grid, under one key, until the grid has answered: so whatever dies in between, one report becomes one whistle.
/// </summary>
internal sealed class ReportDeskActor : CityActor
{
    private const int EventsPerSnapshot = 500;

    private readonly CityNode node;

    // Who waits for an answer, with the order's span and the one of its storing, for whoever records its trace.
    private readonly Dictionary<ReportId, List<(IActorRef Asker, Activity? Order)>> waiting = [];
    private (IActorRef Asker, Activity? Order, Activity? Storing) storing = (ActorRefs.Nobody, null, null);
    private ReportDeskState state;

    public ReportDeskActor(DeskCode desk, CityNode node)
    {
        this.node = node;
        state = ReportDeskState.Empty(desk);
        PersistenceId = PersistenceIdOf(desk);
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    internal static string PersistenceIdOf(DeskCode desk) => $"reports-{desk.Text}";

    protected override void PreStart() => LeaveWhenIdle(node.Pace.GridIdleAfter);

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: ReportDeskState snapshot }:
                state = snapshot;
                break;
            case ReportEvent happened:
                state = ReportDesk.Apply(state, happened);
                break;
            case RecoveryCompleted:
                OrderWhistles();
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case GiveReportOrder order:
                Decide(order.Order, order.Trace);
                break;
            case GridAnswered answered:
                Hear(answered);
                break;
            case RepeatOrders:
                OrderWhistles();
                break;
            case AskDesk:
                Sender.Tell(new DeskAnswer(state.Desk, [.. state.Open.Values.OrderBy(report => report.Id.Number)]));
                break;
            case ReceiveTimeout when !UnderWay.Any():
                Context.Parent.Tell(new Passivate(StopDesk.Instance));
                break;
            case StopDesk:
                Context.Stop(Self);
                break;
            default:
                KeepHouse(message);
                break;
        }
    }

    protected override void NotStored(Exception cause)
    {
        CityTrace.EndNotStored(storing.Order, storing.Storing);
        storing.Asker.Tell(new ReportNotStored(cause.Message));
    }

    private IEnumerable<Report> UnderWay => state.Open.Values.Where(report => report.Whistling is not null);

    private void Decide(ReportOrder order, string? trace)
    {
        var (asker, span) = (Sender, CityTrace.Begin("desk order", trace)?.SetTag("whistle.desk", state.Desk.Text).SetTag("whistle.command", order.Command.GetType().Name));
        switch (ReportDesk.Decide(state, order, node.Pack, node.Clock.GetUtcNow()))
        {
            case ReportDecision.Refused refused:
                Answer(new ReportRefused(refused.Refusal));
                break;
            case ReportDecision.Unchanged unchanged when order.Command is WhistleReport:
                AwaitWhistle(state.Open[unchanged.Report]);
                break;
            case ReportDecision.Unchanged unchanged:
                Answer(new ReportAccepted(state.Open.GetValueOrDefault(unchanged.Report), unchanged.Report, Changed: false));
                break;
            case ReportDecision.Accepted { Event: WhistlingStarted started }:
                Store(started, AwaitWhistle, asker, span);
                break;
            case ReportDecision.Accepted accepted:
                Store(
                    accepted.Event,
                    report =>
                    {
                        Answer(new ReportAccepted(report, report.Id, Changed: true));
                        TellTheCase(report);
                    },
                    asker,
                    span);
                break;
        }

        void Answer(IReportAnswer answer) => ReportDeskActor.Answer(asker, span, answer);

        void AwaitWhistle(Report report)
        {
            if (!waiting.TryGetValue(report.Id, out var askers))
                waiting[report.Id] = askers = [];
            askers.Add((asker, span));
            OrderWhistle(report, CityTrace.Of(span));
        }
    }

    private static void Answer(IActorRef asker, Activity? span, IReportAnswer answer)
    {
        asker.Tell(answer);
        span.End(answer is ReportRefused refused ? refused.Refusal.Code : "accepted");
    }

    private void OrderWhistles()
    {
        foreach (var report in UnderWay)
            OrderWhistle(report);
    }

    private void OrderWhistle(Report report, string? trace = null)
    {
        var whistling = report.Whistling!;
        Give(new GiveOrder(whistling.Grid, new Order(whistling.Order, whistling.By, new CommandKey($"report-{report.Id}", "whistle")), trace), report.Id);
        if (!Timers.IsTimerActive(nameof(RepeatOrders)))
            Timers.StartSingleTimer(nameof(RepeatOrders), RepeatOrders.Instance, node.Pace.RepeatNewsAfter);
    }

    // The answer comes back with the name of what it answers; no answer at all is what the timer is for.
    private void Give(GiveOrder order, ReportId report) =>
        node.Grids().Ask<IOrderAnswer>(order, node.Pace.RepeatNewsAfter)
            .ContinueWith(
                answered => answered.IsCompletedSuccessfully ? new GridAnswered(report, answered.Result) : (object)NoAnswer.Instance,
                TaskScheduler.Default)
            .PipeTo(Self);

    private void Hear(GridAnswered answered)
    {
        if (!state.Open.TryGetValue(answered.Report, out var report) || report.Whistling is null)
            return;
        var (blown, refusal) = answered.Answer switch
        {
            OrderAccepted accepted => (accepted.Whistle, (Refusal?)null),
            OrderRepeated repeated => (repeated.Whistle, null),
            OrderRefused refused => ((WhistleId?)null, refused.Refusal),
            _ => (null, null),
        };
        if (blown is null && refusal is null)
            return;
        Store(
            ReportDesk.Answered(state, report, blown, refusal?.Code, node.Clock.GetUtcNow()),
            after =>
            {
                foreach (var (asker, span) in waiting.GetValueOrDefault(after.Id, []))
                    Answer(asker, span, refusal is null ? new ReportAccepted(after, after.Id, Changed: true) : new ReportRefused(refusal));
                waiting.Remove(after.Id);
                TellTheCase(after);
            },
            ActorRefs.Nobody,
            waiting.GetValueOrDefault(report.Id)?[0].Order);
    }

    // Those on the case find the report in the dossier. Told once and not insisted on: the report itself says which whistle it went to.
    private void TellTheCase(Report report)
    {
        if (report.Ending is not { Whistle: { } whistle, By: { } by } ending)
            return;
        Tell(new RecordMatter(whistle, new RecordedMatter(report.Title, $"{report.Source} {report.Number}", report.Id.Text)), "matter");
        if (ending.Stage == ReportStage.Merged)
            Tell(new AddReport(whistle, report.Title, report.Place is { } place ? new Position(place.Lon, place.Lat, Datum.Wgs84) : null), "added");

        void Tell(WhistleCommand command, string what) => node.Grids().Tell(
            new GiveOrder(whistle.Grid, new Order(command, by, new CommandKey($"report-{report.Id}-{what}", what))), ActorRefs.NoSender);
    }

    private void Store(ReportEvent happened, Action<Report> then, IActorRef asker, Activity? span)
    {
        storing = (asker, span, CityTrace.Begin("desk persist", CityTrace.Of(span)));
        Persist(happened, stored =>
        {
            storing.Storing?.Stop();
            var report = ReportDesk.Apply(state.Open.GetValueOrDefault(stored.Report), stored);
            state = ReportDesk.Apply(state, stored);
            then(report);
            if (LastSequenceNr % EventsPerSnapshot == 0)
                SaveSnapshot(state);
        });
    }

    private sealed record GridAnswered(ReportId Report, IOrderAnswer Answer);

    private sealed class NoAnswer : INotInfluenceReceiveTimeout
    {
        internal static readonly NoAnswer Instance = new();
    }

    private sealed class RepeatOrders
    {
        internal static readonly RepeatOrders Instance = new();
    }
}

/// <summary>Ends the actor of an idle or departing desk, after all that it was asked before.</summary>
internal sealed class StopDesk
{
    internal static readonly StopDesk Instance = new();
}
