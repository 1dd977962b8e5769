using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Server.Alerts;

/// <summary>What happened to alerts, as the proof shows it. Addresses are left out: they are personal, and who was told is enough.</summary>
internal static class AttemptViews
{
    /// <summary>All attempts for a whistle, and how many went which way.</summary>
    internal static async Task<WhistleAlertsView> AttemptsAsync(this Whistle whistle, Actors.City city, CancellationToken cancelled)
    {
        var departments = new List<DepartmentAttemptsView>();
        foreach (var summons in whistle.Summonses)
        {
            var history = await city.AlertHistoryAsync(whistle, summons.Department, cancelled);
            departments.Add(new DepartmentAttemptsView(summons.Department.Text, [.. history.SelectMany(happened => Of(happened, whistle.Id))]));
        }

        var all = departments.SelectMany(department => department.Attempts).ToList();
        var delivered = all.Where(attempt => attempt is { Kind: "answered", Result: "delivered" }).Select(attempt => attempt.Notice).ToHashSet();
        var ways = all.Where(attempt => attempt.Kind is "sent" or "shown").GroupBy(attempt => attempt.Channel!).OrderBy(way => way.Key, StringComparer.Ordinal).Select(way => new WayView(
            way.Key,
            way.Count(),
            way.Key == "console" ? way.Count() : way.Select(attempt => attempt.Notice).Distinct().Count(delivered.Contains))).ToList();
        return new WhistleAlertsView(whistle.Id.Text, ways.Sum(way => way.Attempts), departments, ways);
    }

    private static IEnumerable<AttemptView> Of(AlertEvent happened, WhistleId whistle)
    {
        switch (happened)
        {
            case AlertStepsTaken taken:
                foreach (var step in taken.Steps.Where(step => step.Whistle == whistle))
                {
                    yield return new AttemptView(
                        taken.At, "step", WireName<Domain.Alerts.AlertCause>.Of(step.Cause), WireName<ChainRank>.Of(step.Rank), step.Person?.Text, step.Name, Round: step.Round);
                }

                break;
            case NoticeSent { Notice: var notice } sent:
                yield return new AttemptView(
                    sent.At, "sent", Person: notice.Person.Text, Name: notice.Name, Channel: Channel(notice.Contact.Channel), Notice: notice.Id, Attempt: sent.Attempt);
                break;
            case NoticeAnswered answered:
                yield return new AttemptView(
                    answered.At, "answered", Notice: answered.Notice, Attempt: answered.Attempt, Result: WireName<NoticeResult>.Of(answered.Result),
                    Detail: answered.Detail.Length > 0 ? answered.Detail : null, RetryAt: answered.RetryAt);
                break;
            case NoticeRevived revived:
                yield return new AttemptView(revived.At, "resent", Person: revived.By.Person.Text, Name: revived.By.Name, Notice: revived.Notice);
                break;
            case AlertsShown shown:
                yield return new AttemptView(shown.At, "shown", Person: shown.By.Person.Text, Name: shown.By.Name, Channel: "console", Console: shown.Console);
                break;
        }
    }

    internal static string Channel(AlertChannel channel) => WireName<AlertChannel>.Of(channel);
}
