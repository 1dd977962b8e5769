using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;

namespace WhistleActors.Server.Whistles;

/// <summary>The way of an accepted ledger entry, whether its whistle is open or closed.</summary>
internal static class LedgerEndpoints
{
    internal static void MapLedgers(this RouteGroupBuilder whistles)
    {
        whistles.MapSummonsCommand<ReachMilestoneRequest>("ledger/milestone", "Report a milestone as done. 反馈台账节点。", (request, form, whistle, department) =>
            new ReportMilestone(
                whistle, department, request.Milestone ?? form.Missing<int>("/milestone"), form.Text("/note", request.Note)));
        whistles.MapSummonsCommand<CompleteLedgerRequest>("ledger/complete", "Report the ledger entry as done. 申请销账。", (request, form, whistle, department) =>
            new CompleteLedger(whistle, department, form.Text("/note", request.Note)));
        whistles.MapSummonsCommand<ConfirmLedgerRequest>("ledger/confirm", "Confirm that the ledger entry is done. 销账。", (_, _, whistle, department) =>
            new ConfirmLedger(whistle, department));
        whistles.MapSummonsCommand<RefuseRequest>("ledger/refuse", "Refuse that the ledger entry is done. 不予销账。", (request, form, whistle, department) =>
            new RefuseLedger(whistle, department, form.Text("/reason", request.Reason)));
        whistles.MapSummonsCommand<LedgerExtensionRequest>("ledger/extension", "Ask for a later due day. 申请台账延期。", (request, form, whistle, department) =>
            new RequestLedgerExtension(whistle, department, request.Until ?? form.Missing<DateOnly>("/until"), form.Text("/reason", request.Reason)));
        whistles.MapSummonsCommand<ApproveRequest>("ledger/extension/approve", "Give the later due day. 同意台账延期。", (_, _, whistle, department) =>
            new ApproveLedgerExtension(whistle, department));
        whistles.MapSummonsCommand<RefuseRequest>("ledger/extension/refuse", "Refuse the later due day. 不同意台账延期。", (request, form, whistle, department) =>
            new RefuseLedgerExtension(whistle, department, form.Text("/reason", request.Reason)));
    }
}
