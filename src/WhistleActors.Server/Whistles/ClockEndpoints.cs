using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;

namespace WhistleActors.Server.Whistles;

/// <summary>What answers the clocks of a summons, and what moves them.</summary>
internal static class ClockEndpoints
{
    internal static void MapClocks(this RouteGroupBuilder whistles)
    {
        whistles.MapSummonsCommand<ContactRequest>("contact", "The department has spoken to the initiator. 联系街乡。", (request, form, whistle, department) =>
            new ContactInitiator(whistle, department, form.OptionalText("/note", request.Note)));
        whistles.MapSummonsCommand<MeasureRequest>("measures", "Record a measure on the spot. 记录现场措施。", (request, form, whistle, department) =>
            new RecordMeasure(whistle, department, form.Text("/text", request.Text), form.OptionalText("/document", request.Document, Form.ShortText)));
        whistles.MapSummonsCommand<WrittenReportRequest>("report", "File the written report. 书面反馈。", (request, form, whistle, department) =>
            new FileReport(whistle, department, form.Text("/text", request.Text)));

        whistles.MapSummonsCommand<ExtensionRequest>("extension", "Ask for more time for one clock. 申请延期。", (request, form, whistle, department) =>
            new RequestExtension(
                whistle,
                department,
                form.Choice<Domain.Deadlines.Clock>("/clock", request.Clock),
                request.Until ?? form.Missing<DateTimeOffset>("/until"),
                form.Text("/reason", request.Reason)));
        whistles.MapSummonsCommand<ApproveRequest>("extension/approve", "Give the time that was asked for. 同意延期。", (_, _, whistle, department) =>
            new ApproveExtension(whistle, department));
        whistles.MapSummonsCommand<RefuseRequest>("extension/refuse", "Refuse the time that was asked for. 不同意延期。", (request, form, whistle, department) =>
            new RefuseExtension(whistle, department, form.Text("/reason", request.Reason)));

        whistles.MapSummonsCommand<SuspensionRequest>("suspension", "Ask that all clocks stand still through a day. 申请挂账。", (request, form, whistle, department) =>
            new RequestSuspension(whistle, department, request.Until ?? form.Missing<DateOnly>("/until"), form.Text("/reason", request.Reason)));
        whistles.MapSummonsCommand<ApproveRequest>("suspension/approve", "Let the clocks stand still. 同意挂账。", (_, _, whistle, department) =>
            new ApproveSuspension(whistle, department));
        whistles.MapSummonsCommand<RefuseRequest>("suspension/refuse", "Refuse to let the clocks stand still. 不同意挂账。", (request, form, whistle, department) =>
            new RefuseSuspension(whistle, department, form.Text("/reason", request.Reason)));
        whistles.MapSummonsCommand<EndSuspensionRequest>("suspension/end", "Let the clocks run on. 解除挂账。", (request, form, whistle, department) =>
            new EndSuspension(whistle, department, form.OptionalText("/reason", request.Reason)));
    }
}
