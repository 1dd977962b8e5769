using WhistleActors.Actors.Boards;
using WhistleActors.Contract;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Alerts.Channels;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Live;
using WhistleActors.Server.OpenApi;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Alerts;

/// <summary>Proof of who was told of a whistle, and notices that reached nobody.</summary>
internal static class AlertEndpoints
{
    internal static void MapAlerts(this RouteGroupBuilder api)
    {
        api.MapGet("/whistles/{id}/alerts", Attempts).WithTags("Alerts")
            .WithSummary("Every attempt to reach the departments of a whistle: who, how, when, with what result. 一个哨的全部提醒记录。")
            .Produces<WhistleAlertsView>().ProducesRefusals(403, 404);
        api.MapGet("/webhooks", Webhooks).WithTags("Alerts")
            .WithSummary("The webhooks that a roster may name; for dispatchers and administrators. 值班表可用的回调，仅限部门值守人员与系统管理员。").Produces<WebhooksView>().ProducesRefusals(403);
        api.MapGet("/webhooks/dead-letters", DeadLetters).WithTags("Alerts")
            .WithSummary("Notices that were given up; for administrators. 未送达的通知，仅限系统管理员。").Produces<DeadLettersView>().ProducesRefusals(403);
        api.MapPost("/webhooks/dead-letters/{notice}/resend", Resend).WithTags("Alerts")
            .WithSummary("Send a notice again that was given up; for administrators. 重发未送达的通知，仅限系统管理员。").Produces(204).ProducesRefusals(403, 404);
    }

    private static async Task<IResult> Attempts(string id, HttpContext http, CityPack pack, Actors.City city)
    {
        var code = Routes.Whistle(id);
        if (await city.FindWhistleAsync(code, http.RequestAborted) is not { Whistle: var whistle })
            return Problems.Problems.Of(Refuse.UnknownWhistle(id));
        if (!http.Sees(whistle, OnTheCase.Of(whistle, http.Officer()), pack))
            return BoardAccess.NotYours();
        return Results.Json(await whistle.AttemptsAsync(city, http.RequestAborted), ContractJson.Types.WhistleAlertsView);
    }

    // Whoever may write a roster has to know the names.
    private static IResult Webhooks(HttpContext http, AlertSettings settings)
    {
        var officer = http.Officer();
        if (officer.Role != Role.Administrator && !officer.Holds(Powers.Answer, officer.Organisation.Text))
            return Problems.Problems.Of(RefuseAlertOrder.WritesNoRoster());
        return Results.Json(
            new WebhooksView([.. settings.Webhooks.Values.OrderBy(target => target.Name, StringComparer.Ordinal).Select(target => new WebhookView(
                target.Name,
                target.Url.GetLeftPart(UriPartial.Authority),
                [.. new[] { (settings.Sms, AlertChannel.Sms), (settings.Voice, AlertChannel.Voice) }.Where(use => use.Item1 == target.Name).Select(use => AttemptViews.Channel(use.Item2))]))]),
            ContractJson.Types.WebhooksView);
    }

    private static async Task<IResult> DeadLetters(HttpContext http, LiveBoard board, Actors.City city)
    {
        if (http.Officer().Role != Role.Administrator)
            return Problems.Problems.Of(RefuseAlertOrder.NotAdministrator());

        // Only a department that was summoned ever has notices.
        var letters = new List<DeadLetterView>();
        foreach (var load in board.Loads())
        {
            var alerts = await city.AlertsOfAsync(DepartmentCode.Parse(load.Department), http.RequestAborted);
            letters.AddRange(alerts.DeadLetters.Select(letter => new DeadLetterView(
                letter.Notice.Id,
                letter.Notice.Department.Text,
                letter.Notice.Person.Text,
                AttemptViews.Channel(letter.Notice.Contact.Channel),
                letter.Notice.Contact.Address,
                letter.Attempts,
                letter.At,
                letter.Detail,
                [.. letter.Notice.Alerts.Select(alert => alert.Whistle.Text)])));
        }

        return Results.Json(new DeadLettersView([.. letters.OrderByDescending(letter => letter.At)]), ContractJson.Types.DeadLettersView);
    }

    private static async Task<IResult> Resend(string notice, HttpContext http, CityPack pack, Actors.City city)
    {
        // A notice is named after its department.
        var dash = notice.LastIndexOf('-');
        return dash > 0 && DepartmentCode.TryParse(notice[..dash], out var department) && pack.PartyOf(department) is not null
            ? await AlertOrders.GiveAsync(http, city, department, new ReviveNotice(notice))
            : Problems.Problems.Of(RefuseAlertOrder.UnknownDeadLetter(notice.Length > 60 ? notice[..60] : notice));
    }
}
