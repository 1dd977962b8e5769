using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Problems;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Alerts;

/// <summary>Gives an order about alerts or a roster to its department.</summary>
internal static class AlertOrders
{
    /// <summary>Answers 204 when it is stored, or says why not.</summary>
    internal static async Task<IResult> GiveAsync(HttpContext http, Actors.City city, DepartmentCode department, AlertCommand command)
    {
        return Problems.Problems.Result(await city.GiveAlertOrderAsync(department, new AlertOrder(command, http.Officer()), http.RequestAborted));
    }

    /// <summary>Whoever a path names that can be summoned; it must exist.</summary>
    internal static DepartmentCode Department(string text, CityPack pack)
    {
        var code = Routes.Department(text);
        return pack.PartyOf(code) is not null ? code : throw new ProblemException(Problems.Problems.ProblemOf(Refuse.UnknownDepartment(code)));
    }
}
