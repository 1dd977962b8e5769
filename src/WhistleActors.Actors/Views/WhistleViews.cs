using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using Wire = WhistleActors.Contract.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of what the rules know. Depends on the state alone, never on the time of asking.</summary>
public static class WhistleViews
{
    /// <summary>The whole public state of a whistle.</summary>
    public static WhistleView ToView(this Whistle whistle) => new(
        whistle.Id.Text,
        whistle.Version,
        whistle.Id.Grid.Text,
        whistle.Subdistrict.Text,
        whistle.District.Text,
        whistle.Matter.Text,
        (Occasion)whistle.Occasion,
        (Level)whistle.Level,
        (Chain)whistle.Chain,
        whistle.Round,
        whistle.Description,
        whistle.Place?.ToView(),
        whistle.PackVersion,
        whistle.ChangedProposal,
        (Wire.WhistleStage)whistle.Stage,
        whistle.BlownAt,
        whistle.BlownBy.ToView(),
        whistle.Ending?.At,
        whistle.Ending?.By.ToView(),
        whistle.Ending?.Reason,
        [.. whistle.Summonses.Select(summons => ToView(whistle, summons))],
        whistle.Dossier?.ToView(),
        whistle.Consultation?.ToView(),
        whistle.PastRounds?.ToView(),
        whistle.Initiator.Text,
        whistle.IsExercise,
        whistle.Blowing?.ToView());

    /// <summary>Who did something, and for whom.</summary>
    public static OfficerView ToView(this Officer officer) =>
        new(officer.Person.Text, officer.Name, officer.Organisation.Text, RoleNames.Of(officer.Role));

    private static SummonsView ToView(Whistle whistle, Summons summons) => new(
        summons.Department.Text,
        (DutyRole)summons.Role,
        (Wire.SummonsState)summons.State,
        (Clock?)summons.Overdue,
        summons.SignBy,
        summons.CheckInBy,
        summons.Signature is { } signature ? new SignatureView(signature.At, signature.By.ToView(), signature.Late) : null,
        summons.Departure is { } departure ? new DepartureView(departure.At, departure.By.ToView(), departure.Crew?.Text, departure.ArrivesAt) : null,
        summons.CheckIn?.ToView(),
        summons.Outcome?.ToView(),
        [.. summons.Vetoes.Select(veto => new VetoView(
            veto.At, veto.By.ToView(), veto.Reason, (Wire.OutcomeKind)veto.Refused.Kind, veto.Refused.Note))],
        summons.Release?.ToView(),
        whistle.ClocksToView(summons),
        summons.Ledger?.ToView(),
        summons.Attendance?.ToViews(),
        summons.Dispute?.ToView(),
        summons.InPlaceOf is { } place ? new ReassignmentView(place.At, place.From.Text) : null,
        ReworkOf(whistle, summons) is > 0 and var rework ? rework : null);

    private static int ReworkOf(Whistle whistle, Summons summons) => summons.Vetoes.Length + (whistle.PastRounds?.VetoesOf(summons.Department) ?? 0);

    internal static ReleaseView ToView(this Release release) => new(release.At, release.By.ToView(), release.Reason);

    internal static CheckInView ToView(this CheckIn checkIn, int number = 1) => new(
        checkIn.At,
        checkIn.By.ToView(),
        checkIn.Late,
        checkIn.Crew?.Text,
        checkIn.Headcount,
        checkIn.Presence.Place?.ToView(),
        checkIn.Presence.AccuracyMetres,
        checkIn.Presence.DistanceMetres,
        checkIn.Presence.Witness is { } witness ? new WitnessView(witness.Name, witness.Organisation.Text) : null,
        number,
        checkIn.Persons?.ToViews(),
        checkIn.PostedTo?.Text,
        checkIn.Left?.ToView(),
        checkIn.Released?.ToView());

    private static OutcomeView ToView(this Outcome outcome) => new(
        outcome.At,
        outcome.By.ToView(),
        (Wire.OutcomeKind)outcome.Kind,
        outcome.Note,
        outcome.Ledger is { } ledger
            ? new LedgerEntryView(ledger.Reason, ledger.DueOn, ledger.Responsible, [.. ledger.Milestones.Select(step => new MilestoneView(step.On, step.Text))])
            : null,
        outcome.Acceptance?.ToView(),
        outcome.Evidence is { } evidence ? [.. evidence.Select(item => new EvidenceView(item.Sha256, item.Caption))] : null);

    internal static AcceptanceView ToView(this Acceptance acceptance) => new(acceptance.At, acceptance.By.ToView());

    /// <summary>A point.</summary>
    public static LonLatView ToView(this LonLat place) => new(place.Lon, place.Lat);
}
