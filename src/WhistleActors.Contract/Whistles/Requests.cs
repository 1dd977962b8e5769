namespace WhistleActors.Contract.Whistles;

// Every field is nullable text or a plain value: what is missing or wrong is refused field by field, with what would be right.

/// <summary>Blow a whistle in a grid.</summary>
/// <param name="Matter">Code of the matter; decides whom the duty list proposes.</param>
/// <param name="Occasion"><c>public-demand</c>, <c>key-work</c>, <c>joint-enforcement</c> or <c>emergency</c>.</param>
/// <param name="Level"><c>daily</c>, <c>campaign</c> or <c>emergency</c>.</param>
/// <param name="Chain"><c>enforcement</c>, <c>management</c>, <c>service</c> or <c>development</c>; enforcement when left out.</param>
/// <param name="Description">What is wrong, 1 to 2,000 characters.</param>
/// <param name="Place">The exact spot, inside the grid.</param>
/// <param name="Summon">Whom to summon; the duty list's proposal when left out.</param>
/// <param name="ChangedProposal">Why <paramref name="Summon"/> differs from the proposal; needed exactly then.</param>
/// <param name="JointGrids">Other grids along the boundary whose subdistricts are asked to blow it together.</param>
/// <param name="Exercise">True for an exercise; false when left out.</param>
public sealed record BlowRequest(
    string? Matter,
    string? Occasion,
    string? Level,
    string? Chain,
    string? Description,
    PlaceRequest? Place = null,
    IReadOnlyList<SummonRequest>? Summon = null,
    string? ChangedProposal = null,
    IReadOnlyList<string>? JointGrids = null,
    bool? Exercise = null);

/// <summary>A place; the datum must be named.</summary>
/// <param name="Datum"><c>wgs84</c> or <c>gcj02</c>.</param>
public sealed record PlaceRequest(double? Lon, double? Lat, string? Datum);

/// <summary>A department to summon.</summary>
/// <param name="Role"><c>lead</c> (exactly one), <c>cooperating</c> or <c>notified</c>.</param>
public sealed record SummonRequest(string? Department, string? Role);

/// <summary>Confirm that the summons was received.</summary>
public sealed record SignRequest();

/// <summary>Say that a crew is on the way.</summary>
/// <param name="Crew">Code of one of the department's crews.</param>
/// <param name="ArrivesAt">When it expects to be there; not in the past.</param>
public sealed record DepartRequest(string? Crew = null, DateTimeOffset? ArrivesAt = null);

/// <summary>Call back a crew that has set out and not arrived.</summary>
/// <param name="Reason">1 to 500 characters.</param>
/// <param name="For">The whistle that it is wanted for, where this is no emergency; left out where it cannot come for another reason.</param>
public sealed record RecallRequest(string? Reason, string? For = null);

/// <summary>Check in on the spot: by a position, or by a witness where a position cannot prove it.</summary>
/// <param name="Headcount">How many came, 1 to 10,000; not fewer than are named.</param>
/// <param name="Persons">Who came, at most 20.</param>
public sealed record CheckInRequest(
    PositionRequest? Position = null,
    WitnessRequest? Witness = null,
    string? Crew = null,
    int? Headcount = null,
    IReadOnlyList<AttendeeRequest>? Persons = null);

/// <summary>A measured position.</summary>
/// <param name="Datum"><c>wgs84</c> or <c>gcj02</c>.</param>
/// <param name="MeasuredAt">When it was measured.</param>
/// <param name="AccuracyMetres">What the device states; 0 when left out.</param>
public sealed record PositionRequest(double? Lon, double? Lat, string? Datum, DateTimeOffset? MeasuredAt, double? AccuracyMetres = null);

/// <summary>A named person of another organisation who vouches for the check-in.</summary>
public sealed record WitnessRequest(string? Name, string? Organisation);

/// <summary>Report what became of the work.</summary>
/// <param name="Kind"><c>resolved</c> or <c>ledgered</c>.</param>
/// <param name="Note">What was done, 1 to 2,000 characters.</param>
/// <param name="Ledger">Needed exactly for <c>ledgered</c>.</param>
/// <param name="Evidence">What shows it; at most 20.</param>
public sealed record OutcomeRequest(string? Kind, string? Note, LedgerRequest? Ledger = null, IReadOnlyList<EvidenceRequest>? Evidence = null);

/// <summary>A picture or document, named by its content.</summary>
/// <param name="Sha256">The hash that its upload was answered with: 64 lower-case hexadecimal digits.</param>
/// <param name="Caption">What it shows, 1 to 100 characters.</param>
public sealed record EvidenceRequest(string? Sha256, string? Caption = null);

/// <summary>What could not be solved now, with dates.</summary>
/// <param name="DueOn">After today.</param>
/// <param name="Milestones">In order of their days, none after <paramref name="DueOn"/>.</param>
public sealed record LedgerRequest(string? Reason, DateOnly? DueOn, string? Responsible, IReadOnlyList<MilestoneRequest>? Milestones);

/// <summary>One dated step.</summary>
public sealed record MilestoneRequest(DateOnly? On, string? Text);

/// <summary>Accept a department's outcome.</summary>
public sealed record AcceptRequest(string? Department);

/// <summary>Refuse a department's outcome; the work goes back to it.</summary>
public sealed record VetoRequest(string? Department, string? Reason);

/// <summary>Let a department go: after its outcome was accepted, or without one and then with a reason.</summary>
/// <param name="CheckIn">The number of the check-in of one crew, to let only that one go while others stay.</param>
public sealed record ReleaseRequest(string? Department, string? Reason = null, int? CheckIn = null);

/// <summary>Take the whistle back.</summary>
public sealed record WithdrawRequest(string? Reason);

/// <summary>Close the whistle.</summary>
public sealed record CloseRequest(string? Note = null);
