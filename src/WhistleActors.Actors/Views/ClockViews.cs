using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of a summons's clocks and of its ledger entry.</summary>
internal static class ClockViews
{
    internal static ClocksView? ClocksToView(this Whistle whistle, Summons summons)
    {
        if (summons.Role == Domain.Matters.DutyRole.Notified)
            return null;
        var clocks = summons.Clocks;
        var overdue = whistle.Stage == Domain.Whistles.WhistleStage.Open ? summons.OverdueClocks.Select(clock => (Clock)clock).ToList() : [];
        return new ClocksView(
            whistle.Stage != Domain.Whistles.WhistleStage.Open ? [] :
            [
                .. from standing in whistle.ClocksOf(summons)
                   where standing is { Binds: true, Answered: false }
                   select new ClockView((Clock)standing.Clock, standing.Run.Due, standing.PassedAt is null ? standing.Noticed : 100),
            ],
            overdue.Count == 0 ? null : overdue,
            clocks?.Contact is { } contact ? new ContactView(contact.At, contact.By.ToView(), contact.Late, contact.Note) : null,
            clocks?.Measures is { } measures
                ? [.. measures.Select(measure => new MeasureView(measure.At, measure.By.ToView(), measure.Late, measure.Text, measure.Document))]
                : null,
            clocks?.Report is { } report ? new WrittenReportView(report.At, report.By.ToView(), report.Late, report.Text) : null,
            clocks?.Extensions is { } extensions ? [.. extensions.Select(ToView)] : null,
            clocks?.Suspensions is { } suspensions ? [.. suspensions.Select(ToView)] : null,
            clocks?.Suspended?.Until);
    }

    internal static LedgerView ToView(this LedgerRun ledger) => new(
        ledger.DueOn,
        [.. (ledger.Reached ?? []).Select(reached => new ReachedMilestoneView(reached.Milestone, reached.At, reached.By.ToView(), reached.Note))],
        ledger.Completion is { } completion ? new LedgerCompletionView(completion.At, completion.By.ToView(), completion.Note) : null,
        ledger.Confirmation?.ToView(),
        ledger.Extensions is { } extensions
            ?
            [
                .. extensions.Select(extension => new LedgerExtensionView(
                    extension.At, extension.By.ToView(), extension.DueOn, extension.Until, extension.Reason, extension.Decision?.ToView())),
            ]
            : null,
        ledger.ReturnedAt,
        ledger.EndedAt);

    private static ExtensionView ToView(Extension extension) => new(
        (Clock)extension.Clock,
        extension.At,
        extension.By.ToView(),
        extension.Due,
        extension.Until,
        extension.Reason,
        extension.Decision?.ToView());

    private static SuspensionView ToView(Suspension suspension) => new(
        suspension.At,
        suspension.By.ToView(),
        suspension.Until,
        suspension.Reason,
        suspension.Decision?.ToView(),
        suspension.EndedAt,
        suspension.EndedBy?.ToView());

    private static DecisionView ToView(this ClockDecision decision) => new(decision.At, decision.By.ToView(), decision.Approved, decision.Reason);
}
