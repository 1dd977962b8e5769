using Akka.Actor;
using Akka.Hosting;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Clustering;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Gates;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.History;
using WhistleActors.Actors.Operations;
using WhistleActors.Actors.Reports;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors;

/// <summary>
/// The way in to a city's actors, from whichever node, through this node's gates. Every call throws <see cref="AskTimeoutException"/> when no answer comes
/// in time, and <see cref="SaturatedException"/> when it was turned away at a gate. When a node is lost meanwhile, the one that takes over is asked.
/// </summary>
public sealed class City(IReadOnlyActorRegistry registry, EventLog log, LiveBoard board, CityGates gates, AccessBook access, Unanswered unanswered)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WhistleHistory history = new(log);
    private readonly AlertHistory alerts = new(log);
    private readonly ReportHistory reports = new(log);

    /// <summary>Gives an order to a grid and waits until its events are stored, or it is refused.</summary>
    public Task<IOrderAnswer> GiveOrderAsync(GridCode grid, Order order, CancellationToken cancelled) =>
        CityMeter.CountAsync("grid", AskAsync<IOrderAnswer>(new GiveOrder(grid, order, CityTrace.Here), LevelOf(order.Command), cancelled));

    /// <summary>A whistle as it is now; null when there never was such a whistle.</summary>
    public async Task<PublishedWhistle?> FindWhistleAsync(WhistleId whistle, CancellationToken cancelled) =>
        await AskAsync<object>(new AskWhistle(whistle.Grid, whistle), LevelOf(whistle), cancelled) as PublishedWhistle
        ?? await WhistleAtAsync(whistle, long.MaxValue, cancelled);

    /// <summary>A whistle as it was at a version; null when there never was such a whistle.</summary>
    public async Task<PublishedWhistle?> WhistleAtAsync(WhistleId whistle, long version, CancellationToken cancelled) =>
        await history.WhistleAtAsync(whistle, await ReturnsOfAsync(whistle, cancelled), version, cancelled) is { } found ? new PublishedWhistle(found) : null;

    /// <summary>The events of a whistle with their numbers in the grid's journal; empty when there never was such a whistle.</summary>
    public async Task<IReadOnlyList<(long Sequence, GridEvent Event)>> TraceAsync(WhistleId whistle, CancellationToken cancelled) =>
        await history.EventsOfAsync(whistle, await ReturnsOfAsync(whistle, cancelled), cancelled);

    /// <summary>The open whistles of a grid.</summary>
    public async Task<IReadOnlyList<Whistle>> OpenInGridAsync(GridCode grid, CancellationToken cancelled) =>
        (await AskAsync<GridAnswer>(new AskGrid(grid), WhistleLevel.Daily, cancelled)).Open;

    /// <summary>Gives an order to a report desk and waits until its event is stored, or it is refused; a whistle, until its grid has answered.</summary>
    public Task<IReportAnswer> GiveReportOrderAsync(DeskCode desk, ReportOrder order, CancellationToken cancelled) =>
        CityMeter.CountAsync("desk", AskAsync<IReportAnswer>(new GiveReportOrder(desk, order, CityTrace.Here), LevelOf(order.Command), cancelled));

    /// <summary>The open reports of a desk.</summary>
    public async Task<IReadOnlyList<Report>> OpenReportsAsync(DeskCode desk, CancellationToken cancelled) =>
        (await AskAsync<DeskAnswer>(new AskDesk(desk), WhistleLevel.Daily, cancelled)).Open;

    /// <summary>A report and what came in; null when there never was such a report.</summary>
    public async Task<(Report Report, ReportReceived Received)?> FindReportAsync(ReportId report, CancellationToken cancelled)
    {
        if (await reports.FirstAsync(report, cancelled) is not { } received)
            return null;
        var open = (await OpenReportsAsync(report.Desk, cancelled)).FirstOrDefault(open => open.Id == report);
        return (open ?? (await reports.LastAsync(report, cancelled))!, received);
    }

    /// <summary>How many whistles want a department now.</summary>
    public Task<LoadView> LoadOfAsync(DepartmentCode department, CancellationToken cancelled) =>
        AskAsync<LoadView>(new AskLoad(department), WhistleLevel.Daily, cancelled);

    /// <summary>Gives an order about a department's alerts or roster, and waits until it is stored or refused.</summary>
    public Task<DepartmentAnswer> GiveAlertOrderAsync(DepartmentCode department, AlertOrder order, CancellationToken cancelled) =>
        CityMeter.CountAsync("department", AskAsync<DepartmentAnswer>(new GiveAlertOrder(department, order, CityTrace.Here), LevelOf(order.Command), cancelled));

    /// <summary>Gives an order about a department's crews, and waits until it is stored or refused.</summary>
    public Task<DepartmentAnswer> GiveCrewOrderAsync(DepartmentCode department, CrewOrder order, CancellationToken cancelled) =>
        CityMeter.CountAsync(
            "department",
            AskAsync<DepartmentAnswer>(new GiveCrewOrder(department, order, CityTrace.Here), order.Command is AssignCrew assign ? LevelOf(assign.Whistle) : WhistleLevel.Campaign, cancelled));

    /// <summary>A department's alerts, roster and dead letters.</summary>
    public async Task<DepartmentAlerts> AlertsOfAsync(DepartmentCode department, CancellationToken cancelled) =>
        (await AskAsync<AlertsAnswer>(new AskAlerts(department), WhistleLevel.Campaign, cancelled)).Alerts;

    /// <summary>What was done to reach the departments of a whistle, department by department, from the journal.</summary>
    public Task<IReadOnlyList<AlertEvent>> AlertHistoryAsync(Whistle whistle, DepartmentCode department, CancellationToken cancelled) =>
        alerts.OfAsync(whistle, department, cancelled);

    /// <summary>Gives an order about who may come in, and waits until it is stored or refused; on this node it holds then.</summary>
    public async Task<AccessAnswer> GiveAccessOrderAsync(AccessOrder order, CancellationToken cancelled)
    {
        var answer = await CityMeter.CountAsync("access", unanswered.AskAsync<AccessAnswer>(registry.Get<AccessActor>(), new GiveAccessOrder(order, CityTrace.Here), Patience, cancelled));
        access.Take(answer.State);
        return answer;
    }

    private async Task<IReadOnlyList<long>> ReturnsOfAsync(WhistleId whistle, CancellationToken cancelled) =>
        (await AskAsync<Returns>(new AskReturns(whistle.Grid, whistle), LevelOf(whistle), cancelled)).Sequences;

    private Task<T> AskAsync<T>(IGridMessage message, WhistleLevel level, CancellationToken cancelled) =>
        gates.Grids.PassAsync(message.Grid.Text, level, () => unanswered.AskAsync<T>(registry.Get<GridActor>(), message, Patience, cancelled), cancelled);

    private Task<T> AskAsync<T>(IDepartmentMessage message, WhistleLevel level, CancellationToken cancelled) =>
        gates.Departments.PassAsync(message.Department.Text, level, () => unanswered.AskAsync<T>(registry.Get<DepartmentActor>(), message, Patience, cancelled), cancelled);

    private Task<T> AskAsync<T>(IReportDeskMessage message, WhistleLevel level, CancellationToken cancelled) =>
        gates.Desks.PassAsync(message.Desk.Text, level, () => unanswered.AskAsync<T>(registry.Get<ReportDeskActor>(), message, Patience, cancelled), cancelled);

    // How urgent an order is: what it is about says so. What this node has not yet heard of is daily business; it comes back in a second.
    private WhistleLevel LevelOf(WhistleId whistle) => board.LevelOf(whistle) ?? WhistleLevel.Daily;

    private WhistleLevel LevelOf(GridCommand command) => command switch
    {
        BlowWhistle blow => blow.Level,
        WhistleCommand about => LevelOf(about.Whistle),
        _ => WhistleLevel.Daily,
    };

    private static WhistleLevel LevelOf(ReportCommand command) => command is WhistleReport { Order.Level: var level } ? level : WhistleLevel.Daily;

    private WhistleLevel LevelOf(AlertCommand command) =>
        command is ShowAlerts { Whistles: { IsEmpty: false } shown } ? shown.Max(LevelOf) : WhistleLevel.Campaign;
}
