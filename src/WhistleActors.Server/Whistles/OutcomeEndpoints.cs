using System.Collections.Immutable;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Commands;
using WhistleActors.Server.OpenApi;

namespace WhistleActors.Server.Whistles;

/// <summary>What became of a department's work, with what shows it, and the initiator's answer.</summary>
internal static class OutcomeEndpoints
{
    private const int MostEvidence = 20;
    private const int MostMilestones = 50;

    internal static void MapOutcomes(this RouteGroupBuilder whistles)
    {
        whistles.MapPost("/{id}/summonses/{department}/outcome", ReportOutcome)
            .WithSummary("Report what became of the work, with uploaded files that show it. 报告处置结果。")
            .Accepts<OutcomeRequest>("application/json").Produces<WhistleView>().ProducesCommandRefusals();
        whistles.MapWhistleCommand<AcceptRequest>("accept", "Accept a department's outcome. 接受结果。", (request, form, whistle) =>
            new AcceptOutcome(whistle, form.Code<DepartmentCode>("/department", request.Department)));
        whistles.MapWhistleCommand<VetoRequest>("veto", "Refuse a department's outcome; the work goes back. 否决结果。", (request, form, whistle) =>
            new VetoOutcome(whistle, form.Code<DepartmentCode>("/department", request.Department), form.Text("/reason", request.Reason)));
    }

    // What shows it is claimed for the whistle before the outcome is given to its grid: see AttachmentStore.
    private static async Task<IResult> ReportOutcome(string id, string department, HttpContext http, CommandPipeline pipeline, AttachmentStore store)
    {
        var whistle = Routes.Whistle(id);
        var code = Routes.Department(department);
        var (request, body) = await CommandBody.ReadAsync<OutcomeRequest>(http);
        var form = new Form();
        var outcome = new ReportOutcome(
            whistle,
            code,
            form.Choice<Domain.Whistles.OutcomeKind>("/kind", request.Kind),
            form.Text("/note", request.Note),
            request.Ledger is { } ledger ? ReadLedger(ledger, form) : null,
            request.Evidence is { } given ? ReadEvidence(given, form) : null);
        form.Check();
        if (outcome.Evidence is { } named)
        {
            var evidence = ImmutableArray.CreateBuilder<Evidence>(named.Length);
            foreach (var item in named)
            {
                if (store.Claim(ContentHash.Parse(item.Sha256), whistle) is not { } content)
                    return Problems.Problems.Result(AttachmentEndpoints.Unknown());
                evidence.Add(item with { MediaType = content.MediaType, Bytes = content.Bytes });
            }

            outcome = outcome with { Evidence = evidence.ToImmutable() };
        }

        return await pipeline.RunAsync(http, whistle.Grid, outcome, body);
    }

    private static ImmutableArray<Evidence> ReadEvidence(IReadOnlyList<EvidenceRequest> evidence, Form form)
    {
        form.AtMost("/evidence", evidence.Count, MostEvidence);
        return [.. evidence.Take(MostEvidence).Select((item, i) => new Evidence(
            form.Sha256($"/evidence/{i}/sha256", item?.Sha256), form.OptionalText($"/evidence/{i}/caption", item?.Caption, Form.ShortText)))];
    }

    private static LedgerEntry ReadLedger(LedgerRequest ledger, Form form)
    {
        var milestones = ledger.Milestones ?? [];
        form.AtMost("/ledger/milestones", milestones.Count, MostMilestones);
        return new LedgerEntry(
            form.Text("/ledger/reason", ledger.Reason),
            ledger.DueOn ?? form.Missing<DateOnly>("/ledger/dueOn"),
            form.Text("/ledger/responsible", ledger.Responsible, Form.ShortText),
            [.. milestones.Select((step, i) => new Milestone(
                step?.On ?? form.Missing<DateOnly>($"/ledger/milestones/{i}/on"),
                form.Text($"/ledger/milestones/{i}/text", step?.Text)))]);
    }
}
