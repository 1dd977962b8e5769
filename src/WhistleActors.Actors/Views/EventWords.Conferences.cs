using WhistleActors.Domain;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Views;

public sealed partial class EventWords
{
    private LocalizedText? ToldOfConferences(GridEvent happened) => happened switch
    {
        ConferenceConvened e => Say(
            $"召开第 {e.Number} 次{(e.Joint ? "联席会商" : "会商")}：{e.Subject}{In(e.MeetsAt, "（{0}）")}",
            $"Convened {(e.Joint ? "joint conference" : "conference")} {e.Number}: {e.Subject}{In(e.MeetsAt, " ({0})")}"),
        PositionStated e => Say($"会商发言：{e.Text}", $"Stated a position in the conference: {e.Text}"),
        MeasureProposed e => Say(
            $"提出第 {e.Number} 项措施：{e.Text}{In(e.Department is { } zh ? Of(zh).Zh : null, "（{0}）")}",
            $"Proposed measure {e.Number}: {e.Text}{In(e.Department is { } en ? Of(en).En : null, " ({0})")}"),
        ProposalAnswered e => Say(
            $"{(e.Agrees ? "同意" : "不同意")}第 {e.Proposal} 项措施{In(e.Reason, "：{0}")}",
            $"{(e.Agrees ? "Agreed" : "Objected")} to measure {e.Proposal}{In(e.Reason, ": {0}")}"),
        ConferenceDecided e => Say($"会商决定：{e.Decision}（任务 {e.Tasks.Length} 项）", $"Decided the conference: {e.Decision} ({e.Tasks.Length} tasks)"),
        TaskCompleted e => Say($"完成任务 {e.Task}：{e.Note}", $"Reported task {e.Task} as done: {e.Note}"),
        TaskConfirmed e => Say($"确认任务 {e.Task} 已完成", $"Confirmed task {e.Task}"),
        TaskReturned e => Say($"退回任务 {e.Task}：{e.Reason}", $"Sent task {e.Task} back: {e.Reason}"),
        WhistleBlownAgain e => Say(
            $"第 {e.Round} 次吹哨，主责部门为{Of(e.Lead).Zh}：{e.Reason}", $"Blew the whistle again, round {e.Round}, led by {Of(e.Lead).En}: {e.Reason}"),
        WhistleReopened e => Say($"回访后重新启动：{e.Found}（{e.Reason}）", $"Reopened after a revisit: {e.Found} ({e.Reason})"),
        WhistleVoided e => Say($"作废：{e.Reason}", $"Voided the whistle: {e.Reason}"),
        _ => null,
    };
}
