using WhistleActors.Domain;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Views;

public sealed partial class EventWords
{
    private LocalizedText? ToldOfBlowing(GridEvent happened) => happened switch
    {
        WhistleBlown e => Say($"{Kind(e).Zh}：{e.Description}", $"Blew the {Kind(e).En}: {e.Description}"),
        WhistleProposed { Proposal: var e } => Say($"提请审批，拟{Kind(e).Zh}：{e.Description}", $"Proposed to blow the {Kind(e).En}: {e.Description}"),
        WhistleApproved { Summonses: not null } => Say("同意吹哨，哨声响起", "Approved; the whistle sounds"),
        WhistleApproved e => Say($"事后补批{LateZh(e.Late)}", $"Approved afterwards{Late(e.Late)}"),
        WhistleRejected e => Say($"不予批准：{e.Reason}", $"Rejected: {e.Reason}"),
        ApprovalMissed e => Say($"逾期未批：应于 {Time(e.Due)} 前补批", $"Not approved in time: due {Time(e.Due)}"),
        WhistleJoined e => Say($"{Of(e.Subdistrict).Zh}加入联合吹哨", $"{Of(e.Subdistrict).En} joined the whistle"),
        WhistleDeclined e => Say($"{Of(e.Subdistrict).Zh}谢绝联合吹哨：{e.Reason}", $"{Of(e.Subdistrict).En} declined to join: {e.Reason}"),
        ReportAdded e => Say($"并入反映：{e.Description}", $"Another report of the same: {e.Description}"),
        WhistleTookIn e => Say($"并入 {e.From} 号哨", $"Took in whistle {e.From}"),
        WhistleMerged e => Say($"并入 {e.Into} 号哨：{e.Reason}", $"Merged into whistle {e.Into}: {e.Reason}"),
        _ => null,
    };

    private LocalizedText Kind(WhistleBlown blown) => new(
        $"{(blown.As?.Exercise == true ? "（演练）" : "")}{(blown.As is { Joint.IsEmpty: false } ? "联合" : "")}吹哨{In(blown.As?.Initiator is { } zh ? Of(zh).Zh : null, "（{0}）")}",
        $"{(blown.As?.Exercise == true ? "exercise " : "")}{(blown.As is { Joint.IsEmpty: false } ? "joint " : "")}whistle{In(blown.As?.Initiator is { } en ? Of(en).En : null, " ({0})")}");
}
