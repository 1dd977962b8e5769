using WhistleActors.Actors.Access;
using WhistleActors.Actors.Views;
using WhistleActors.Contract;
using WhistleActors.Contract.SignIn;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Officers;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;

namespace WhistleActors.Server.SignIn;

/// <summary>Withdrawing a person's access, for administrators. It holds on every node within seconds; what the person signs in for later is believed again.</summary>
internal static class AccessEndpoints
{
    private const int Reason = 500;

    internal static void MapAccess(this RouteGroupBuilder api)
    {
        api.MapPost("/access/{person}/withdraw", Withdraw).WithTags("Sign-in")
            .WithSummary("Believe a person's tokens no more; for administrators. 撤销某人的访问，仅限系统管理员。")
            .Accepts<WithdrawAccessRequest>("application/json").Produces<WithdrawnAccessView>().ProducesRefusals(400, 403, 413, 415, 422, 429);
        api.MapGet("/access/withdrawn", List).WithTags("Sign-in")
            .WithSummary("Whose access was withdrawn; for administrators. 已撤销的访问，仅限系统管理员。")
            .Produces<IReadOnlyList<WithdrawnAccessView>>().ProducesRefusals(403);
    }

    private static async Task<IResult> Withdraw(string person, HttpContext http, Actors.City city)
    {
        var (request, body) = await CommandBody.ReadAsync<WithdrawAccessRequest>(http);
        var form = new Form();
        var command = new WithdrawAccess(
            form.Code<PersonId>("person", person), form.Text("/reason", request.Reason, Reason), request.TokensBefore, CommandPipeline.KeyOf(http, body)?.Key);
        form.Check();
        var answer = await city.GiveAccessOrderAsync(new AccessOrder(command, http.Officer()), http.RequestAborted);
        return answer switch
        {
            { Refusal: { } refusal } => Problems.Problems.Of(refusal),
            { Stored: false } => Problems.Problems.Result(Problems.Problems.NotStored),
            _ => Results.Json(View(answer.State.Withdrawn[command.Person]), ContractJson.Types.WithdrawnAccessView),
        };
    }

    private static IResult List(HttpContext http, AccessBook access) => http.Officer().Role != Role.Administrator
        ? Problems.Problems.Of(RefuseAlertOrder.NotAdministrator())
        : Results.Json<IReadOnlyList<WithdrawnAccessView>>(
            [.. access.Now.Withdrawn.Values.OrderByDescending(withdrawn => withdrawn.At).Select(View)], ContractJson.Types.IReadOnlyListWithdrawnAccessView);

    private static WithdrawnAccessView View(AccessWithdrawn withdrawn) =>
        new(withdrawn.Person.Text, withdrawn.TokensBefore, withdrawn.At, withdrawn.By.ToView(), withdrawn.Reason);
}
