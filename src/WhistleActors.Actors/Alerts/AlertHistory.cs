using WhistleActors.Actors.Departments;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.Alerts;

/// <summary>What the journal tells of the attempts to reach a department about a whistle.</summary>
internal sealed class AlertHistory(EventLog log)
{
    private const int PerPage = 500;

    // The clocks of nodes may differ by this much: reading starts so much before the whistle was blown.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>The steps, notices, answers and displays that concern a whistle, in the order in which they were stored.</summary>
    internal async Task<IReadOnlyList<AlertEvent>> OfAsync(Whistle whistle, DepartmentCode department, CancellationToken cancelled)
    {
        var id = DepartmentActor.PersistenceIdOf(department);
        var (found, notices) = (new List<AlertEvent>(), new HashSet<string>());
        var now = whistle.SummonsOf(department) is { } summons ? HeldSummons.Of(whistle, summons) : null;
        var next = await FirstAfterAsync(id, whistle.BlownAt - Skew, cancelled);
        while (true)
        {
            var page = await log.OfAsync(id, next, PerPage, cancelled);
            foreach (var stored in page)
            {
                if (stored.Event is AlertEvent happened && Concerns(happened, whistle.Id, notices))
                    found.Add(happened);

                // A later round may bring back what was over.
                if (stored.Event is SummonsOver over && over.Whistle == whistle.Id && over.Round == now?.Round && over.Turn == now?.Turn && notices.Count == 0)
                    return found;
            }

            if (page.Count < PerPage)
                return found;
            next = page[^1].SequenceNr + 1;
        }
    }

    private static bool Concerns(AlertEvent happened, WhistleId whistle, HashSet<string> notices)
    {
        switch (happened)
        {
            case AlertStepsTaken taken:
                return taken.Steps.Any(step => step.Whistle == whistle);
            case NoticeSent sent when sent.Notice.Alerts.Any(alert => alert.Whistle == whistle):
                notices.Add(sent.Notice.Id);
                return true;
            case NoticeAnswered answered:
                var known = notices.Contains(answered.Notice);
                if (known && answered.Result != NoticeResult.Failed && answered.Result != NoticeResult.GivenUp)
                    notices.Remove(answered.Notice);
                return known;
            case NoticeRevived revived:
                return notices.Contains(revived.Notice);
            case AlertsShown shown:
                return shown.Whistles.Contains(whistle);
            default:
                return false;
        }
    }

    // A department's events lie in the order of their time, so that some twenty look-ups find the day in years of them.
    private async Task<long> FirstAfterAsync(string id, DateTimeOffset instant, CancellationToken cancelled)
    {
        var (before, after) = (0L, 1L);
        while (await TimeOfAsync(id, after, cancelled) < instant)
            (before, after) = (after, after * 2);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (await TimeOfAsync(id, middle, cancelled) < instant)
                before = middle;
            else
                after = middle;
        }

        return after;
    }

    // Null behind the last: nothing there is before anything.
    private async Task<DateTimeOffset?> TimeOfAsync(string id, long sequence, CancellationToken cancelled) =>
        await log.OfAsync(id, sequence, 1, cancelled) is not [{ Event: var happened }] ? null
        : happened switch
        {
            DepartmentEvent heard => heard.At,
            AlertEvent alert => alert.At,
            CrewEvent order => order.At,
            _ => null,
        };
}
