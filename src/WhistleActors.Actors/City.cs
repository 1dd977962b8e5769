using Akka.Actor;
using Akka.Hosting;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.Grids;
using WhistleActors.Actors.History;
using WhistleActors.Actors.Reports;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors;

/// <summary>The way in to a city's actors, from whichever node. Every call throws <see cref="AskTimeoutException"/> when no answer comes in time.</summary>
public sealed class City(IReadOnlyActorRegistry registry, EventLog log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WhistleHistory history = new(log);
    private readonly AlertHistory alerts = new(log);
    private readonly ReportHistory reports = new(log);

    /// <summary>Gives an order to a grid and waits until its events are stored, or it is refused.</summary>
    public Task<IOrderAnswer> GiveOrderAsync(GridCode grid, Order order, CancellationToken cancelled) =>
        Grids.Ask<IOrderAnswer>(new GiveOrder(grid, order), Patience, cancelled);

    /// <summary>A whistle as it is now; null when there never was such a whistle.</summary>
    public async Task<PublishedWhistle?> FindWhistleAsync(WhistleId whistle, CancellationToken cancelled) =>
        await Grids.Ask<object>(new AskWhistle(whistle.Grid, whistle), Patience, cancelled) as PublishedWhistle
        ?? await WhistleAtAsync(whistle, long.MaxValue, cancelled);

    /// <summary>A whistle as it was at a version; null when there never was such a whistle.</summary>
    public async Task<PublishedWhistle?> WhistleAtAsync(WhistleId whistle, long version, CancellationToken cancelled) =>
        await history.WhistleAtAsync(whistle, await ReturnsOfAsync(whistle, cancelled), version, cancelled) is { } found ? new PublishedWhistle(found) : null;

    /// <summary>The events of a whistle with their numbers in the grid's journal; empty when there never was such a whistle.</summary>
    public async Task<IReadOnlyList<(long Sequence, GridEvent Event)>> TraceAsync(WhistleId whistle, CancellationToken cancelled) =>
        await history.EventsOfAsync(whistle, await ReturnsOfAsync(whistle, cancelled), cancelled);

    /// <summary>The open whistles of a grid.</summary>
    public async Task<IReadOnlyList<Whistle>> OpenInGridAsync(GridCode grid, CancellationToken cancelled) =>
        (await Grids.Ask<GridAnswer>(new AskGrid(grid), Patience, cancelled)).Open;

    /// <summary>Gives an order to a report desk and waits until its event is stored, or it is refused; a whistle, until its grid has answered.</summary>
    public Task<IReportAnswer> GiveReportOrderAsync(DeskCode desk, ReportOrder order, CancellationToken cancelled) =>
        Desks.Ask<IReportAnswer>(new GiveReportOrder(desk, order), Patience, cancelled);

    /// <summary>The open reports of a desk.</summary>
    public async Task<IReadOnlyList<Report>> OpenReportsAsync(DeskCode desk, CancellationToken cancelled) =>
        (await Desks.Ask<DeskAnswer>(new AskDesk(desk), Patience, cancelled)).Open;

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
        Departments.Ask<LoadView>(new AskLoad(department), Patience, cancelled);

    /// <summary>Gives an order about a department's alerts or roster, and waits until it is stored or refused.</summary>
    public Task<AlertOrderAnswer> GiveAlertOrderAsync(DepartmentCode department, AlertOrder order, CancellationToken cancelled) =>
        Departments.Ask<AlertOrderAnswer>(new GiveAlertOrder(department, order), Patience, cancelled);

    /// <summary>A department's alerts, roster and dead letters.</summary>
    public async Task<DepartmentAlerts> AlertsOfAsync(DepartmentCode department, CancellationToken cancelled) =>
        (await Departments.Ask<AlertsAnswer>(new AskAlerts(department), Patience, cancelled)).Alerts;

    /// <summary>What was done to reach the departments of a whistle, department by department, from the journal.</summary>
    public Task<IReadOnlyList<AlertEvent>> AlertHistoryAsync(Whistle whistle, DepartmentCode department, CancellationToken cancelled) =>
        alerts.OfAsync(whistle, department, cancelled);

    private async Task<IReadOnlyList<long>> ReturnsOfAsync(WhistleId whistle, CancellationToken cancelled) =>
        (await Grids.Ask<Returns>(new AskReturns(whistle.Grid, whistle), Patience, cancelled)).Sequences;

    private IActorRef Grids => registry.Get<GridActor>();

    private IActorRef Desks => registry.Get<ReportDeskActor>();

    private IActorRef Departments => registry.Get<DepartmentActor>();
}
