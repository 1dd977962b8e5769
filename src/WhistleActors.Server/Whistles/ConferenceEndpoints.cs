using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;

namespace WhistleActors.Server.Whistles;

/// <summary>Conferences, their minutes, and the action plan.</summary>
internal static class ConferenceEndpoints
{
    private const int Statement = 500;
    private const int Sentence = 200;
    private const int MostEntries = 100;

    internal static void MapConferences(this RouteGroupBuilder whistles)
    {
        whistles.MapWhistleCommand<ConferenceRequest>("conference", "Call the parties together. 召集会商。", ReadConference);
        whistles.MapWhistleCommand<PositionStatementRequest>("conference/position", "Say what one's organisation holds. 陈述意见。", (request, form, whistle) =>
            new StatePosition(whistle, form.Text("/text", request.Text, Statement)));
        whistles.MapWhistleCommand<ProposalRequest>("conference/proposals", "Propose a measure. 提出措施。", (request, form, whistle) =>
            new ProposeMeasure(
                whistle, form.Text("/text", request.Text, Statement), form.OptionalCode<DepartmentCode>("/department", request.Department), request.DueOn));
        whistles.MapWhistleCommand<ProposalAnswerRequest>("conference/answers", "Agree or object to a measure. 对措施表态。", (request, form, whistle) =>
            new AnswerProposal(
                whistle,
                request.Proposal ?? form.Missing<int>("/proposal"),
                request.Agrees ?? form.Missing<bool>("/agrees"),
                form.OptionalText("/reason", request.Reason, Sentence)));
        whistles.MapWhistleCommand<DecisionRequest>("conference/decision", "Decide the conference and set the tasks. 作出会商决定。", ReadDecision);
        whistles.MapGet("/{id}/conferences/{number:int}/minutes", ReadMinutes)
            .WithSummary("The minutes of a conference. 会议纪要。")
            .Produces<MinutesView>().ProducesRefusals(404);

        whistles.MapWhistleCommand<CompleteTaskRequest>("tasks/complete", "A task is done. 完成任务。", (request, form, whistle) =>
            new CompleteTask(whistle, request.Task ?? form.Missing<int>("/task"), form.Text("/note", request.Note, Statement)));
        whistles.MapWhistleCommand<ConfirmTaskRequest>("tasks/confirm", "Confirm a task. 确认任务。", (request, form, whistle) =>
            new ConfirmTask(whistle, request.Task ?? form.Missing<int>("/task")));
        whistles.MapWhistleCommand<ReturnTaskRequest>("tasks/return", "Send a task back. 退回任务。", (request, form, whistle) =>
            new ReturnTask(whistle, request.Task ?? form.Missing<int>("/task"), form.Text("/reason", request.Reason, Statement)));
    }

    private static ConveneConference ReadConference(ConferenceRequest request, Form form, WhistleId whistle)
    {
        var others = request.Others ?? [];
        form.AtMost("/others", others.Count, MostEntries);
        return new ConveneConference(
            whistle,
            form.Text("/subject", request.Subject, Form.ShortText),
            [.. others.Take(MostEntries).Select((other, i) => form.Code<OrganisationCode>($"/others/{i}", other))],
            request.Joint ?? false,
            request.MeetsAt,
            form.OptionalText("/place", request.Place, Form.ShortText));
    }

    private static DecideConference ReadDecision(DecisionRequest request, Form form, WhistleId whistle)
    {
        var (adopted, tasks) = (request.Adopted ?? [], request.Tasks ?? []);
        form.AtMost("/adopted", adopted.Count, MostEntries);
        form.AtMost("/tasks", tasks.Count, MostEntries);
        return new DecideConference(
            whistle,
            form.Text("/decision", request.Decision, 2 * Statement),
            [.. adopted.Take(MostEntries)],
            [.. tasks.Take(MostEntries).Select((task, i) => new PlannedTask(
                form.Code<DepartmentCode>($"/tasks/{i}/department", task?.Department),
                form.Text($"/tasks/{i}/person", task?.Person, Form.ShortText),
                form.Text($"/tasks/{i}/text", task?.Text, Sentence),
                task?.DueOn ?? form.Missing<DateOnly>($"/tasks/{i}/dueOn")))],
            request.MinutesComplete ?? form.Missing<bool>("/minutesComplete"));
    }

    // Of a conference that is decided they stand in the event for ever; of an open one they are written from what was recorded so far.
    private static async Task<IResult> ReadMinutes(string id, int number, HttpContext http, Actors.City city, CityPack pack)
    {
        var whistle = Routes.Whistle(id);
        var events = await city.TraceAsync(whistle, http.RequestAborted);
        if (events.Count == 0)
            return Problems.Problems.Of(Refuse.UnknownWhistle(id));
        if (events.Select(entry => entry.Event).OfType<ConferenceDecided>().FirstOrDefault(decided => decided.Conference == number) is { } decided)
            return Answer(id, number, decided.MinutesComplete, decided.Minutes);
        var state = GridFold.Replay(events).Last();
        return state.Consultation?.Conferences.FirstOrDefault(conference => conference.Number == number) is { } open
            ? Answer(id, number, complete: null, Minutes.Of(state, open, [], pack))
            : Problems.Problems.Result(Problems.Problems.Of(
                StatusCodes.Status404NotFound, "unknown-conference", "The whistle has no such conference.", "该哨没有这次会商。",
                "Use a number that the whistle's consultation lists.", "请使用该哨会商列表中的序号。"));
    }

    private static IResult Answer(string whistle, int number, bool? complete, Domain.LocalizedText text) =>
        Results.Json(new MinutesView(whistle, number, complete, text.ToText()), ContractJson.Types.MinutesView);
}
