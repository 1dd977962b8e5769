namespace WhistleActors.Contract.Whistles;

/// <summary>Conferences and the action plan that came of them.</summary>
public sealed record ConsultationView(IReadOnlyList<ConferenceView> Conferences, IReadOnlyList<TaskView> Tasks);

/// <summary>One conference. Once it is decided, what was said stands in its minutes.</summary>
/// <param name="Chair">The organisation that decides it.</param>
/// <param name="Joint">True when it was raised to the district.</param>
/// <param name="Parties">Codes of the organisations that take part.</param>
/// <param name="Positions">The last word of each party; empty once it is decided.</param>
/// <param name="Proposals">Those adopted only, once it is decided.</param>
/// <param name="Decided">Null while it is open.</param>
public sealed record ConferenceView(
    int Number,
    string Subject,
    DateTimeOffset ConvenedAt,
    OfficerView ConvenedBy,
    string Chair,
    bool Joint,
    IReadOnlyList<string> Parties,
    DateTimeOffset? MeetsAt,
    string? Place,
    IReadOnlyList<PositionStatementView> Positions,
    IReadOnlyList<ProposedMeasureView> Proposals,
    ConferenceDecisionView? Decided);

/// <summary>What a party holds.</summary>
public sealed record PositionStatementView(string Organisation, string Speaker, DateTimeOffset At, string Text);

/// <summary>A measure that a party proposed.</summary>
/// <param name="Department">Who would take it.</param>
/// <param name="Answers">The last word of each party on it; empty once the conference is decided.</param>
public sealed record ProposedMeasureView(
    int Number,
    string Organisation,
    string Proposer,
    DateTimeOffset At,
    string Text,
    string? Department,
    DateOnly? DueOn,
    IReadOnlyList<ProposalAnswerView> Answers);

/// <summary>A party agrees or objects.</summary>
public sealed record ProposalAnswerView(string Organisation, bool Agrees, string? Reason);

/// <summary>What the chair decided.</summary>
public sealed record ConferenceDecisionView(DateTimeOffset At, OfficerView By, string Text, IReadOnlyList<int> Adopted, bool MinutesComplete);

/// <summary>How far a task has come.</summary>
public enum TaskState
{
    /// <summary>To be done.</summary>
    Open,

    /// <summary>The department says that it is done.</summary>
    Completed,

    /// <summary>The initiator has confirmed it.</summary>
    Confirmed,
}

/// <summary>One task of the action plan.</summary>
/// <param name="Conference">The number of the conference that set it.</param>
/// <param name="Returns">How often it was sent back.</param>
/// <param name="ReturnReason">Why, the last time.</param>
public sealed record TaskView(
    int Number,
    int Conference,
    TaskState State,
    string Department,
    string Person,
    string Text,
    DateOnly DueOn,
    DateTimeOffset? CompletedAt,
    OfficerView? CompletedBy,
    string? Note,
    AcceptanceView? Confirmed,
    int Returns,
    string? ReturnReason);

/// <summary>The minutes of a conference.</summary>
/// <param name="Complete">True when the chair said that they hold all that was said; null while the conference is open.</param>
public sealed record MinutesView(string Whistle, int Conference, bool? Complete, Text Text);
