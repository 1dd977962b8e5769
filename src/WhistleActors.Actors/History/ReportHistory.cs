using WhistleActors.Actors.Reports;
using WhistleActors.Domain.Reports;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.History;

/// <summary>What the journal tells of one report.</summary>
internal sealed class ReportHistory(EventLog log)
{
    private const int PerPage = 200;

    /// <summary>What came in; null when there never was such a report.</summary>
    internal async Task<ReportReceived?> FirstAsync(ReportId report, CancellationToken cancelled)
    {
        var page = await log.OfAsync(ReportDeskActor.PersistenceIdOf(report.Desk), report.Number, 1, cancelled);
        return page.Count == 1 && page[0].Event is ReportReceived received && received.Report == report ? received : null;
    }

    /// <summary>A report as it is at its last; null when there never was such a report.</summary>
    internal async Task<Report?> LastAsync(ReportId report, CancellationToken cancelled)
    {
        Report? state = null;
        var next = report.Number;
        while (true)
        {
            var page = await log.OfAsync(ReportDeskActor.PersistenceIdOf(report.Desk), next, PerPage, cancelled);
            foreach (var happened in page.Select(stored => stored.Event).OfType<ReportEvent>().Where(happened => happened.Report == report))
            {
                state = ReportDesk.Apply(state, happened);
                if (state.Ending is not null)
                    return state;
            }

            if (state is null || page.Count < PerPage)
                return state;
            next = page[^1].SequenceNr + 1;
        }
    }
}
