using System.Collections.Immutable;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;

namespace WhistleActors.Server.Whistles;

/// <summary>Blowing again, reopening after a revisit, and declaring void.</summary>
internal static class RoundEndpoints
{
    private const int Statement = 500;
    private const int MostEntries = 100;

    internal static void MapRounds(this RouteGroupBuilder whistles)
    {
        whistles.MapWhistleCommand<BlowAgainRequest>("blow-again", "Blow again: the last round did not work. 再次吹哨（二次哨、三次哨）。", ReadAgain);
        whistles.MapWhistleCommand<ReopenRequest>("reopen", "Take up a closed whistle again after a revisit. 回访后重新开启。", (request, form, whistle) =>
            new ReopenWhistle(whistle, form.Text("/reason", request.Reason, Statement), form.Text("/found", request.Found, Statement)));
        whistles.MapWhistleCommand<VoidRequest>("void", "Declare that the whistle should never have been blown. 作废。", (request, form, whistle) =>
            new VoidWhistle(whistle, form.Text("/reason", request.Reason)));
    }

    private static BlowAgain ReadAgain(BlowAgainRequest request, Form form, WhistleId whistle)
    {
        var add = request.Add ?? [];
        form.AtMost("/add", add.Count, MostEntries);
        ImmutableArray<SummonedDepartment> summon =
        [
            .. add.Take(MostEntries).Select((entry, i) => new SummonedDepartment(
                form.Code<DepartmentCode>($"/add/{i}/department", entry?.Department),
                form.Choice<Domain.Matters.DutyRole>($"/add/{i}/role", entry?.Role))),
        ];
        return new BlowAgain(
            whistle, form.Text("/reason", request.Reason, Statement), form.OptionalCode<DepartmentCode>("/lead", request.Lead), summon);
    }
}
