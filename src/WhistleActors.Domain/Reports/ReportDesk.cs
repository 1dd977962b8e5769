using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Reports;

/// <summary>The rules of a report desk: who may do what with a report, and what then has happened. Pure.</summary>
public static class ReportDesk
{
    /// <summary>Decides an order: the event that it causes, that it was so already, or a refusal.</summary>
    public static ReportDecision Decide(ReportDeskState state, ReportOrder order, CityPack pack, DateTimeOffset now)
    {
        try
        {
            var at = now > state.LastAt ? now : state.LastAt;
            return order.Command switch
            {
                ReceiveReport receive => Receive(state, receive.Content, order.By, at),
                PlaceReport place => Place(Find(state, place.Report), place, order.By, pack, at),
                WhistleReport whistle => Whistle(Find(state, whistle.Report), whistle, order.By, pack, at),
                MergeReport merge => Merge(Find(state, merge.Report), merge, order.By, pack, at),
                DismissReport dismiss => Dismiss(Find(state, dismiss.Report), dismiss, order.By, pack, at),
                _ => throw new ArgumentOutOfRangeException(nameof(order), order.Command, "unknown command"),
            };
        }
        catch (RefusedException refused)
        {
            return new ReportDecision.Refused(refused.Refusal);
        }
    }

    /// <summary>What the grid's answer to the order under way comes to.</summary>
    /// <param name="blown">The whistle; null when the grid refused it with <paramref name="code"/>.</param>
    public static ReportEvent Answered(ReportDeskState state, Report report, WhistleId? blown, string? code, DateTimeOffset now)
    {
        var at = now > state.LastAt ? now : state.LastAt;
        var by = report.Whistling!.By;
        return blown is { } whistle ? new ReportWhistled(report.Id, at, by, whistle) : new WhistlingRefused(report.Id, at, by, code ?? "");
    }

    /// <summary>The subdistrict that decides about a report; null while nobody knows which that is.</summary>
    public static SubdistrictCode? DeciderOf(ReportId report, GridCode? grid, CityPack pack) =>
        grid is { } placed && pack.Territory.Grids.TryGetValue(placed, out var cell) ? cell.Subdistrict
        : SubdistrictCode.TryParse(report.Desk.Text, out var subdistrict) && pack.Territory.Subdistricts.ContainsKey(subdistrict) ? subdistrict
        : null;

    /// <summary>The district whose command centre looks after a report; null while nobody knows which that is.</summary>
    public static DistrictCode? DistrictOf(ReportId report, GridCode? grid, CityPack pack) =>
        DeciderOf(report, grid, pack) is { } subdistrict ? pack.Territory.Subdistricts[subdistrict].District
        : DistrictCode.TryParse(report.Desk.Text, out var district) && pack.Territory.Districts.ContainsKey(district) ? district
        : null;

    /// <summary>True when an officer may read a report with everything in it: who decides, the command centre, and the organisation that sent it.</summary>
    public static bool MayRead(Officer officer, ReportId report, GridCode? grid, OrganisationCode source, CityPack pack) =>
        IsActing(officer) && (MayPlace(officer, report, grid, pack) || officer.Organisation == source);

    /// <summary>True when an officer may say where a report is. What has no district yet, any command centre may.</summary>
    public static bool MayPlace(Officer officer, ReportId report, GridCode? grid, CityPack pack) =>
        (DeciderOf(report, grid, pack) is { } subdistrict && officer.IsOfSubdistrict && officer.Holds(Powers.Convene, subdistrict.Text))
        || (officer.Role == Role.Commander && officer.Holds(Powers.Command, DistrictOf(report, grid, pack)?.Text ?? officer.Organisation.Text));

    /// <summary>The desk after one more event.</summary>
    public static ReportDeskState Apply(ReportDeskState state, ReportEvent happened)
    {
        var report = Apply(state.Open.GetValueOrDefault(happened.Report), happened);
        return state with
        {
            Sequence = state.Sequence + 1,
            LastAt = happened.At > state.LastAt ? happened.At : state.LastAt,
            Open = report.Ending is null ? state.Open.SetItem(report.Id, report) : state.Open.Remove(report.Id),
            Known = happened is ReportReceived received
                ? Forget(state).SetItem(ReportDeskState.NameOf(received.Content.Source, received.Content.Number), new KnownReport(report.Id, happened.At))
                : state.Known,
        };
    }

    /// <summary>The report after one more event; null before its first.</summary>
    public static Report Apply(Report? report, ReportEvent happened)
    {
        if (happened is ReportReceived { Content: var content })
        {
            return new Report(
                happened.Report, content.Source, content.Number, content.Title, content.Matter, happened.At, happened.By, content.Grid, content.Place, null, null);
        }

        ArgumentNullException.ThrowIfNull(report);
        return happened switch
        {
            ReportPlaced placed => report with { Grid = placed.Grid, Place = placed.Place ?? report.Place },
            WhistlingStarted started => report with { Whistling = new Whistling(started.At, started.By, started.Grid, started.Order) },
            WhistlingRefused => report with { Whistling = null },
            ReportWhistled e => report with { Whistling = null, Ending = new ReportEnding(ReportStage.Whistled, e.At, e.By, e.Whistle, null) },
            ReportMerged e => report with { Ending = new ReportEnding(ReportStage.Merged, e.At, e.By, e.Whistle, null) },
            ReportDismissed e => report with { Ending = new ReportEnding(ReportStage.Dismissed, e.At, e.By, null, e.Reason) },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
        };
    }

    private static ReportDecision Receive(ReportDeskState state, ReportContent content, Officer by, DateTimeOffset at)
    {
        if (!IsActing(by))
            throw new RefusedException(ReportRefusals.OnlyLooksOn());
        if (state.Known.TryGetValue(ReportDeskState.NameOf(content.Source, content.Number), out var known))
            return new ReportDecision.Unchanged(known.Report);
        if (state.Open.Count >= ReportDeskState.MostOpen)
            throw new RefusedException(ReportRefusals.DeskFull(ReportDeskState.MostOpen));
        return new ReportDecision.Accepted(new ReportReceived(new ReportId(state.Desk, state.Sequence + 1), at, by, content));
    }

    private static ReportDecision Place(Report report, PlaceReport command, Officer by, CityPack pack, DateTimeOffset at)
    {
        if (!MayPlace(by, report.Id, report.Grid, pack))
            throw new RefusedException(ReportRefusals.NotYours());
        NotUnderWay(report);
        var grid = pack.Territory.Grids.GetValueOrDefault(command.Grid) ?? throw new RefusedException(Refuse.UnknownGrid(command.Grid.Text));

        // A subdistrict does not push its reports into another one: that is for the command centre above both.
        if (by.IsOfSubdistrict && grid.Subdistrict.Text != by.Organisation.Text)
            throw new RefusedException(Refuse.NotYourGrid(grid.Subdistrict));
        if (by.Role == Role.Commander && grid.District.Text != by.Organisation.Text)
            throw new RefusedException(ReportRefusals.GridOfAnotherDistrict(grid.District));
        var place = command.Place?.ToWgs84();
        if (place is { } point && grid.Area.DistanceMetres(point) is not 0 and var metres)
            throw new RefusedException(Refuse.PlaceOutsideGrid(metres));
        return report.Grid == grid.Code && (place is null || place == report.Place)
            ? new ReportDecision.Unchanged(report.Id)
            : new ReportDecision.Accepted(new ReportPlaced(report.Id, at, by, grid.Code, place));
    }

    private static ReportDecision Whistle(Report report, WhistleReport command, Officer by, CityPack pack, DateTimeOffset at)
    {
        ByDecider(report, by, pack);
        if (report.Whistling is { } under)
            return under.By.Person == by.Person ? new ReportDecision.Unchanged(report.Id) : throw new RefusedException(ReportRefusals.BeingWhistled());
        return report.Grid is { } grid
            ? new ReportDecision.Accepted(new WhistlingStarted(report.Id, at, by, grid, command.Order))
            : throw new RefusedException(ReportRefusals.NotPlaced());
    }

    private static ReportDecision.Accepted Merge(Report report, MergeReport command, Officer by, CityPack pack, DateTimeOffset at)
    {
        ByDecider(report, by, pack);
        NotUnderWay(report);
        return new ReportDecision.Accepted(new ReportMerged(report.Id, at, by, command.Whistle));
    }

    private static ReportDecision.Accepted Dismiss(Report report, DismissReport command, Officer by, CityPack pack, DateTimeOffset at)
    {
        // What nobody could place yet has no subdistrict that could decide: the command centre may.
        if (DeciderOf(report.Id, report.Grid, pack) is not null || !MayPlace(by, report.Id, report.Grid, pack))
            ByDecider(report, by, pack);
        NotUnderWay(report);
        return new ReportDecision.Accepted(new ReportDismissed(report.Id, at, by, command.Reason));
    }

    private static void ByDecider(Report report, Officer by, CityPack pack)
    {
        if (DeciderOf(report.Id, report.Grid, pack) is not { } subdistrict || !by.IsOfSubdistrict || !by.Holds(Powers.Convene, subdistrict.Text))
            throw new RefusedException(ReportRefusals.NotYours());
    }

    private static void NotUnderWay(Report report)
    {
        if (report.Whistling is not null)
            throw new RefusedException(ReportRefusals.BeingWhistled());
    }

    private static Report Find(ReportDeskState state, ReportId id) =>
        state.Open.GetValueOrDefault(id)
        ?? throw new RefusedException(id.Number <= state.Sequence ? ReportRefusals.NotOpen() : ReportRefusals.Unknown(id.Text));

    private static bool IsActing(Officer officer) => (officer.Powers & Officer.PowersOf(officer.Role)) != Powers.None;

    // Now and then and many at once, so that it costs little each time.
    private static ImmutableDictionary<string, KnownReport> Forget(ReportDeskState state) => state.Known.Count < ReportDeskState.MostKnown
        ? state.Known
        : state.Known.RemoveRange(state.Known
            .Where(known => !state.Open.ContainsKey(known.Value.Report))
            .OrderBy(known => known.Value.At)
            .Take(ReportDeskState.MostKnown / 2)
            .Select(known => known.Key));
}

/// <summary>What the rules say to an order.</summary>
public abstract record ReportDecision
{
    private ReportDecision()
    {
    }

    /// <summary>This event is to be stored, and then the order has taken effect.</summary>
    public sealed record Accepted(ReportEvent Event) : ReportDecision;

    /// <summary>It is so already.</summary>
    public sealed record Unchanged(ReportId Report) : ReportDecision;

    /// <summary>Nothing changes.</summary>
    public sealed record Refused(Refusal Refusal) : ReportDecision;
}
