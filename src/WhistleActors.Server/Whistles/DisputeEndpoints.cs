using WhistleActors.Actors.Records;
using WhistleActors.Actors.Views;
using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;

namespace WhistleActors.Server.Whistles;

/// <summary>"Not ours", what the command centre says to it, and what it said before; and whom it calls for a department that cannot come.</summary>
internal static class DisputeEndpoints
{
    private const int Text = 500;
    private const int Basis = 200;

    internal static void MapDisputes(this RouteGroupBuilder whistles)
    {
        whistles.MapSummonsCommand<DisputeRequest>("dispute", "Say that the summons is not one's own; bound until it is ruled. 退哨。", (request, form, whistle, department) =>
            new DisputeSummons(
                whistle, department, form.Text("/reason", request.Reason, Text), form.OptionalCode<DepartmentCode>("/instead", request.Instead)));
        whistles.MapSummonsCommand<SubstituteRequest>(
            "substitute", "Call whom the duty list names where the department cannot come; the command centre does. 调用替补部门。",
            (request, form, whistle, department) => new CallSubstitute(whistle, department, form.Text("/reason", request.Reason, Text)));
        whistles.MapWhistleCommand<RuleRequest>("rule", "Rule a dispute, or refer it to a conference. 裁定。", (request, form, whistle) =>
            new RuleDispute(
                whistle,
                form.Code<DepartmentCode>("/department", request.Department),
                form.Choice<Domain.Disputes.RulingKind>("/kind", request.Kind),
                form.Text("/text", request.Text, Text),
                form.OptionalText("/basis", request.Basis, Basis),
                form.OptionalCode<DepartmentCode>("/instead", request.Instead)));
    }

    internal static void MapPrecedents(this RouteGroupBuilder api) =>
        api.MapGet("/precedents", List).WithTags("Precedents")
            .WithSummary("The newest rulings about a matter, newest first. 某事项的裁定先例。")
            .Produces<IReadOnlyList<PrecedentView>>().ProducesRefusals(404, 422);

    private static IResult List(CityPack pack, PrecedentBook book, string? matter = null)
    {
        var form = new Form();
        var code = form.Code<MatterCode>("?matter", matter);
        form.Check();
        return pack.Matters.ContainsKey(code)
            ? Results.Json<IReadOnlyList<PrecedentView>>([.. book.Now.Of(code).Select(precedent => precedent.ToView())], ContractJson.Types.IReadOnlyListPrecedentView)
            : Problems.Problems.Of(Refuse.UnknownMatter(code));
    }
}
