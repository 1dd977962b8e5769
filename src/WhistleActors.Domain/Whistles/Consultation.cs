using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>What the parties of a whistle confer about (会商), and the action plan that came of it.</summary>
/// <param name="Conferences">By number; at most the last one is open.</param>
/// <param name="Tasks">By number, of all conferences.</param>
public sealed record Consultation(ImmutableArray<Conference> Conferences, ImmutableArray<PlanTask> Tasks)
{
    /// <summary>More conferences than one incident can need.</summary>
    public const int MostConferences = 5;

    /// <summary>More tasks than one action plan can follow.</summary>
    public const int MostTasks = 20;

    public static Consultation Empty { get; } = new([], []);

    /// <summary>The conference that is not decided yet; null when there is none.</summary>
    public Conference? Open => Conferences is [.., { Decision: null } last] ? last : null;
}

/// <summary>One conference. Once it is decided only what it decided is kept here; what was said stands in its minutes, in the trace.</summary>
/// <param name="Chair">Whoever convened it, or the district's command centre of a joint one: that organisation decides.</param>
/// <param name="Joint">联席会议: raised to the district after an earlier round did not work.</param>
/// <param name="Parties">Who takes part.</param>
/// <param name="Positions">The last word of each party on the subject.</param>
public sealed record Conference(
    int Number,
    string Subject,
    DateTimeOffset ConvenedAt,
    Officer ConvenedBy,
    OrganisationCode Chair,
    bool Joint,
    ImmutableArray<OrganisationCode> Parties,
    DateTimeOffset? MeetsAt,
    string? Place,
    ImmutableArray<StatedPosition> Positions,
    ImmutableArray<Proposal> Proposals,
    ConferenceDecision? Decision)
{
    /// <summary>More organisations than anybody invites besides those who are summoned.</summary>
    public const int MostOthers = 20;

    /// <summary>More measures than a conference can weigh.</summary>
    public const int MostProposals = 20;
}

/// <summary>What a party holds.</summary>
public sealed record StatedPosition(OrganisationCode Organisation, string Speaker, DateTimeOffset At, string Text);

/// <summary>A measure that a party proposed.</summary>
/// <param name="Department">Who would take it.</param>
/// <param name="Answers">The last word of each party on it; empty once the conference is decided.</param>
public sealed record Proposal(
    int Number,
    OrganisationCode Organisation,
    string Proposer,
    DateTimeOffset At,
    string Text,
    DepartmentCode? Department,
    DateOnly? DueOn,
    ImmutableArray<ProposalAnswer> Answers);

/// <summary>A party agrees or objects.</summary>
/// <param name="Reason">Why it objects.</param>
public sealed record ProposalAnswer(OrganisationCode Organisation, bool Agrees, string? Reason);

/// <summary>What the chair decided.</summary>
/// <param name="MinutesComplete">True when the chair says that what was recorded is all that was said.</param>
public sealed record ConferenceDecision(DateTimeOffset At, Officer By, string Text, ImmutableArray<int> Adopted, bool MinutesComplete);

/// <summary>One task of the action plan. It is open until the initiator confirms it.</summary>
/// <param name="Conference">The conference that set it.</param>
/// <param name="Person">Who answers for it.</param>
/// <param name="Completion">What the department says; null again when it was sent back.</param>
/// <param name="Returns">How often it was sent back.</param>
/// <param name="ReturnReason">Why, the last time.</param>
public sealed record PlanTask(
    int Number,
    int Conference,
    DepartmentCode Department,
    string Person,
    string Text,
    DateOnly DueOn,
    TaskCompletion? Completion,
    Acceptance? Confirmation,
    int Returns,
    string? ReturnReason);

/// <summary>The department says that a task is done.</summary>
public sealed record TaskCompletion(DateTimeOffset At, Officer By, string Note);
