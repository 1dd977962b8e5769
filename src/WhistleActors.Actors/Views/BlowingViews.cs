using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of how a whistle came to sound.</summary>
public static class BlowingViews
{
    /// <summary>A whistle as it is offered to whoever is about to blow another.</summary>
    public static NearbyWhistleView ToNearby(this Whistle whistle, double distanceMetres, bool sameMatter) => new(
        whistle.Id.Text,
        whistle.Id.Grid.Text,
        whistle.Subdistrict.Text,
        whistle.Matter.Text,
        (Level)whistle.Level,
        whistle.Description,
        whistle.Place?.ToView(),
        whistle.BlownAt,
        whistle.IsExercise,
        whistle.Blowing?.ReportCount ?? 0,
        distanceMetres,
        sameMatter);

    internal static BlowingView ToView(this Blowing blowing) => new(
        blowing.Backstop,
        [.. blowing.Subdistricts.Select(code => code.Text)],
        blowing.Repeat is { } repeat ? new RepeatView(repeat.Count, repeat.Previous.Text) : null,
        blowing.Approval is { } approval ? new ApprovalView(
            RoleNames.Of(approval.By),
            approval.ProposedAt,
            approval.Due,
            approval.Approved?.ToView(),
            approval.Rejected?.ToView(),
            approval.MissedAt) : null,
        [.. blowing.Joint.Select(other => new CoInitiatorView(
            other.Grid.Text, other.Subdistrict.Text, other.District.Text, other.Joined?.ToView(), other.Declined?.ToView()))],
        blowing.ReportCount,
        [.. blowing.LatestReports.Select(report => new AddedReportView(report.At, report.By.ToView(), report.Description, report.Place?.ToView()))],
        [.. blowing.Merged.Select(id => id.Text)],
        blowing.MergedInto?.Text);

    private static ConsentView ToView(this Consent consent) => new(consent.At, consent.By.ToView(), consent.Late);

    private static ObjectionView ToView(this Objection objection) => new(objection.At, objection.By.ToView(), objection.Reason);
}
