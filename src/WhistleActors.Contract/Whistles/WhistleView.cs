namespace WhistleActors.Contract.Whistles;

/// <summary>The whole public state of a whistle at one version. It depends on the stored events alone, never on the time of asking.</summary>
/// <param name="Version">Counts the whistle's events; also its ETag. A higher version supersedes a lower one.</param>
/// <param name="Place">The exact spot, WGS-84, where known.</param>
/// <param name="PackVersion">The city pack that it was blown under.</param>
/// <param name="ChangedProposal">Why the initiator summoned others than the duty list proposes; null when the proposal was taken.</param>
/// <param name="BlownAt">When it sounded; for one that waits for its approval, when it was proposed.</param>
/// <param name="Reason">Why it was withdrawn, voided, rejected or merged, or the closing note.</param>
/// <param name="Dossier">How much its dossier has; null while it has nothing.</param>
/// <param name="Consultation">Conferences and the action plan; null while nobody conferred.</param>
/// <param name="PastRounds">What came before the present round, in short; null in the first.</param>
/// <param name="Initiator">Code of who blew it: the grid's subdistrict, or a department.</param>
/// <param name="Exercise">True for an exercise: mark it unmistakably wherever it is shown.</param>
/// <param name="Blowing">How it came to sound, where there is more to say; null on most whistles.</param>
public sealed record WhistleView(
    string Id,
    long Version,
    string Grid,
    string Subdistrict,
    string District,
    string Matter,
    Occasion Occasion,
    Level Level,
    Chain Chain,
    int Round,
    string Description,
    LonLatView? Place,
    string PackVersion,
    string? ChangedProposal,
    WhistleStage Stage,
    DateTimeOffset BlownAt,
    OfficerView BlownBy,
    DateTimeOffset? EndedAt,
    OfficerView? EndedBy,
    string? Reason,
    IReadOnlyList<SummonsView> Summonses,
    DossierCountView? Dossier = null,
    ConsultationView? Consultation = null,
    IReadOnlyList<PastRoundView>? PastRounds = null,
    string? Initiator = null,
    bool Exercise = false,
    BlowingView? Blowing = null);

/// <summary>A point in degrees WGS-84.</summary>
public sealed record LonLatView(double Lon, double Lat);

/// <summary>Who did something, and for whom.</summary>
/// <param name="Organisation">Code of the subdistrict, department or command centre that the person acts for.</param>
public sealed record OfficerView(string Person, string Name, string Organisation, string Role);

/// <summary>One department's obligation under one whistle.</summary>
/// <param name="Overdue">The clock that ran out and is still not answered, of several the last in the order of life; null when none.</param>
/// <param name="SignBy">Null for a notified department, which owes nothing.</param>
/// <param name="CheckInBy">Null for a notified department, which owes nothing.</param>
/// <param name="Rework">How often its work was sent back, over all rounds; null for never.</param>
/// <param name="CheckedIn">The first crew; it answers the summons.</param>
/// <param name="FurtherCheckIns">Crews that came after the first, and those that came back.</param>
/// <param name="Dispute">The last time that the department said "not ours".</param>
/// <param name="InPlaceOf">Whose place it took by a ruling, or in whose stead it was called as the substitute.</param>
/// <param name="Clocks">Its clocks and what moved them; null for a notified department.</param>
/// <param name="Ledger">Its accepted ledger entry; null when there is none.</param>
public sealed record SummonsView(
    string Department,
    DutyRole Role,
    SummonsState State,
    Clock? Overdue,
    DateTimeOffset? SignBy,
    DateTimeOffset? CheckInBy,
    SignatureView? Signed,
    DepartureView? Departed,
    CheckInView? CheckedIn,
    OutcomeView? Outcome,
    IReadOnlyList<VetoView> Vetoes,
    ReleaseView? Released,
    ClocksView? Clocks = null,
    LedgerView? Ledger = null,
    IReadOnlyList<CheckInView>? FurtherCheckIns = null,
    DisputeView? Dispute = null,
    ReassignmentView? InPlaceOf = null,
    int? Rework = null);

/// <summary>The department confirmed that it received the summons.</summary>
public sealed record SignatureView(DateTimeOffset At, OfficerView By, bool Late);

/// <summary>A crew is on the way.</summary>
/// <param name="ArrivesAt">When it expects to be there, if it said so.</param>
public sealed record DepartureView(DateTimeOffset At, OfficerView By, string? Crew, DateTimeOffset? ArrivesAt);

/// <summary>A crew is on the spot.</summary>
/// <param name="Place">Where it stood, WGS-84; null when only witnessed.</param>
/// <param name="AccuracyMetres">What its device stated.</param>
/// <param name="DistanceMetres">How far outside the grid it stood; 0 inside.</param>
/// <param name="Witness">Who vouches for it, when no position inside the grid did.</param>
/// <param name="Number">Counts the check-ins of the department, from 1; releasing or leaving names it.</param>
/// <param name="Persons">Who came, as far as they were named.</param>
/// <param name="PostedTo">The subdistrict that the crew is posted to, and came from.</param>
/// <param name="Left">That the crew left the spot.</param>
/// <param name="Released">That this crew was let go while others of its department stay.</param>
public sealed record CheckInView(
    DateTimeOffset At,
    OfficerView By,
    bool Late,
    string? Crew,
    int? Headcount,
    LonLatView? Place,
    double? AccuracyMetres,
    double? DistanceMetres,
    WitnessView? Witness,
    int Number = 1,
    IReadOnlyList<AttendeeView>? Persons = null,
    string? PostedTo = null,
    LeavingView? Left = null,
    ReleaseView? Released = null);

/// <summary>A named person of another organisation who vouches for a check-in.</summary>
public sealed record WitnessView(string Name, string Organisation);

/// <summary>What a department says became of its work, and whether the initiator accepted that.</summary>
/// <param name="Evidence">What shows it; null when nothing was given.</param>
public sealed record OutcomeView(
    DateTimeOffset At,
    OfficerView By,
    OutcomeKind Kind,
    string Note,
    LedgerEntryView? Ledger,
    AcceptanceView? Accepted,
    IReadOnlyList<EvidenceView>? Evidence = null);

/// <summary>A picture or document, named by its content.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record EvidenceView(string Sha256, string? Caption);

/// <summary>What could not be solved now, with dates.</summary>
/// <param name="DueOn">The day by which it is solved.</param>
/// <param name="Responsible">The person who answers for it.</param>
public sealed record LedgerEntryView(string Reason, DateOnly DueOn, string Responsible, IReadOnlyList<MilestoneView> Milestones);

/// <summary>One dated step towards solving a ledger entry.</summary>
public sealed record MilestoneView(DateOnly On, string Text);

/// <summary>The initiator accepted an outcome.</summary>
public sealed record AcceptanceView(DateTimeOffset At, OfficerView By);

/// <summary>The initiator refused an outcome; the work went back.</summary>
public sealed record VetoView(DateTimeOffset At, OfficerView By, string Reason, OutcomeKind RefusedKind, string RefusedNote);

/// <summary>The initiator let the department go.</summary>
public sealed record ReleaseView(DateTimeOffset At, OfficerView By, string? Reason);
