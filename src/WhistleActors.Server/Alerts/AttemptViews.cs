using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Server.Commands;

namespace WhistleActors.Server.Alerts;

/// <summary>What happened to alerts, as the proof shows it. Addresses are left out: they are personal, and who was told is enough.</summary>
internal static class AttemptViews
{
    internal static IEnumerable<AttemptView> Of(AlertEvent happened, Domain.Whistles.WhistleId whistle)
    {
        switch (happened)
        {
            case AlertStepsTaken taken:
                foreach (var step in taken.Steps.Where(step => step.Whistle == whistle))
                {
                    yield return new AttemptView(
                        taken.At, "step", Kebab<Domain.Alerts.AlertCause>.Names[(int)step.Cause], Kebab<ChainRank>.Names[(int)step.Rank], step.Person?.Text, step.Name, Round: step.Round);
                }

                break;
            case NoticeSent { Notice: var notice } sent:
                yield return new AttemptView(
                    sent.At, "sent", Person: notice.Person.Text, Name: notice.Name, Channel: Channel(notice.Contact.Channel), Notice: notice.Id, Attempt: sent.Attempt);
                break;
            case NoticeAnswered answered:
                yield return new AttemptView(
                    answered.At, "answered", Notice: answered.Notice, Attempt: answered.Attempt, Result: Kebab<NoticeResult>.Names[(int)answered.Result],
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

    internal static string Channel(AlertChannel channel) => Kebab<AlertChannel>.Names[(int)channel];
}
