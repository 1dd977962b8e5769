using WhistleActors.Actors.Views;
using WhistleActors.Contract.Reports;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Problems;
using Wire = WhistleActors.Contract.Reports;

namespace WhistleActors.Server.Reports;

/// <summary>Reads reports in the name of somebody who may.</summary>
internal sealed class ReportReader(Actors.City city, CityPack pack)
{
    /// <summary>A report with everything in it.</summary>
    /// <exception cref="ProblemException">There is no such report, or it is not for this reader.</exception>
    internal async Task<ReportView> ReadAsync(ReportId id, Officer reader, CancellationToken cancelled)
    {
        if (await city.FindReportAsync(id, cancelled) is not var (report, received))
            throw Refused(ReportRefusals.Unknown(id.Text));
        if (!ReportDesk.MayRead(reader, id, report.Grid, received.By.Organisation, pack))
            throw Refused(ReportRefusals.NotYours());
        var whistle = report.Ending?.Whistle is { } linked ? (await city.FindWhistleAsync(linked, cancelled))?.Whistle : null;
        var decides = ReportDesk.MayPlace(reader, id, report.Grid, pack);
        return View(report, received.Content, whistle, decides && report.Ending is null ? await AlikeAsync(report, cancelled) : []);
    }

    /// <summary>The open reports that a desk is to place or decide, the oldest first.</summary>
    internal async Task<IReadOnlyList<Report>> OpenAsync(DeskCode desk, Officer reader, CancellationToken cancelled)
    {
        if (SubdistrictCode.TryParse(desk.Text, out var street) && pack.Territory.Subdistricts.TryGetValue(street, out var subdistrict))
        {
            if (!(reader.IsOfSubdistrict && reader.Holds(Powers.Convene, street.Text)) && !IsCommander(reader, subdistrict.District))
                throw Refused(ReportRefusals.NotYours());
            var open = new List<Report>(await city.OpenReportsAsync(desk, cancelled));

            // What the district or nobody could place at first, and is placed here now, stays where it was received.
            foreach (var above in (DeskCode[])[DeskCode.Parse(subdistrict.District.Text), DeskCode.City])
                open.AddRange(await city.OpenReportsAsync(above, cancelled));
            return Sorted(open.Where(report => ReportDesk.DeciderOf(report.Id, report.Grid, pack) == street));
        }

        var district = DistrictCode.TryParse(desk.Text, out var code) && pack.Territory.Districts.ContainsKey(code) ? code : (DistrictCode?)null;
        if (district is null && desk != DeskCode.City)
            throw Refused(ReportRefusals.Unknown(desk.Text));
        if (district is { } whole ? !IsCommander(reader, whole) : !(reader.Role == Role.Commander && reader.Holds(Powers.Command, reader.Organisation.Text)))
            throw Refused(ReportRefusals.NotYours());
        return Sorted((await city.OpenReportsAsync(desk, cancelled)).Where(report => report.Grid is null));
    }

    /// <summary>A report in a list.</summary>
    internal static ReportBriefView Brief(Report report) => new(
        report.Id.Text, (Wire.ReportSource)report.Source, report.Number, StatusOf(report, null), report.Title, report.ReceivedAt, report.Matter?.Text, report.Grid?.Text, report.Place?.ToView());

    internal static ProblemException Refused(Refusal refusal) => new(Problems.Problems.ProblemOf(refusal));

    private ReportView View(Report report, ReportContent content, Whistle? whistle, IReadOnlyList<AlikeView> alike) => new(
        report.Id.Text,
        (Wire.ReportSource)report.Source,
        report.Number,
        StatusOf(report, whistle),
        content.Title,
        content.Text,
        content.OccurredAt,
        report.ReceivedAt,
        report.By.ToView(),
        report.Matter?.Text,
        ReportDesk.DistrictOf(report.Id, report.Grid, pack)?.Text,
        ReportDesk.DeciderOf(report.Id, report.Grid, pack)?.Text,
        report.Grid?.Text,
        report.Place?.ToView(),
        content.Address,
        content.Caller is { } caller ? new CallerView(caller.Name, caller.Phone) : null,
        report.Whistling is not null,
        report.Ending?.Whistle?.Text,
        (Contract.Whistles.WhistleStage?)whistle?.Stage,
        report.Ending?.At,
        report.Ending?.By.ToView(),
        report.Ending?.Reason,
        alike);

    private async Task<IReadOnlyList<AlikeView>> AlikeAsync(Report report, CancellationToken cancelled)
    {
        if (report.Grid is not { } grid)
            return [];
        var desks = new[] { report.Id.Desk, DeskCode.Parse(pack.Territory.Grids[grid].Subdistrict.Text) }.Distinct();
        var reports = new List<Report>();
        foreach (var desk in desks)
            reports.AddRange(await city.OpenReportsAsync(desk, cancelled));
        return AlikeReports.Find(report, reports, await city.OpenInGridAsync(grid, cancelled));
    }

    private static ReportStatus StatusOf(Report report, Whistle? whistle) =>
        whistle is { Stage: not WhistleStage.Open } ? ReportStatus.Closed : (ReportStatus)report.Stage;

    private static bool IsCommander(Officer reader, DistrictCode district) => reader.Role == Role.Commander && reader.Holds(Powers.Command, district.Text);

    private static List<Report> Sorted(IEnumerable<Report> reports) => [.. reports.OrderBy(report => report.ReceivedAt).ThenBy(report => report.Id.Text, StringComparer.Ordinal)];
}
