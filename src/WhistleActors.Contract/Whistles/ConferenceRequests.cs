namespace WhistleActors.Contract.Whistles;

/// <summary>Call the parties together.</summary>
/// <param name="Subject">What it is about, 1 to 100 characters.</param>
/// <param name="Others">Codes of organisations that take part besides the initiator, the summoned departments and the command centre; at most 20.</param>
/// <param name="Joint">Raise it to the district, whose command centre then decides; from the second round on.</param>
/// <param name="MeetsAt">When the parties meet; not in the past.</param>
/// <param name="Place">Where they meet, 1 to 100 characters.</param>
public sealed record ConferenceRequest(
    string? Subject, IReadOnlyList<string?>? Others = null, bool? Joint = null, DateTimeOffset? MeetsAt = null, string? Place = null);

/// <summary>Say what one's organisation holds.</summary>
/// <param name="Text">1 to 500 characters; it replaces what the organisation said before.</param>
public sealed record PositionStatementRequest(string? Text);

/// <summary>Propose a measure.</summary>
/// <param name="Text">1 to 500 characters.</param>
/// <param name="Department">Who would take it.</param>
/// <param name="DueOn">By when; not before today.</param>
public sealed record ProposalRequest(string? Text, string? Department = null, DateOnly? DueOn = null);

/// <summary>Agree or object to a measure; it replaces the organisation's answer before.</summary>
/// <param name="Proposal">The number of the proposal.</param>
/// <param name="Reason">1 to 200 characters; needed for an objection.</param>
public sealed record ProposalAnswerRequest(int? Proposal, bool? Agrees, string? Reason = null);

/// <summary>Decide the conference.</summary>
/// <param name="Decision">1 to 1,000 characters.</param>
/// <param name="Adopted">Numbers of the proposals adopted.</param>
/// <param name="Tasks">The action plan; whoever gets a task and was not summoned is summoned with it.</param>
/// <param name="MinutesComplete">True when what was recorded is all that was said.</param>
public sealed record DecisionRequest(
    string? Decision, bool? MinutesComplete, IReadOnlyList<int>? Adopted = null, IReadOnlyList<TaskRequest>? Tasks = null);

/// <summary>One task of the action plan.</summary>
/// <param name="Department">Who does it.</param>
/// <param name="Person">Who answers for it, 1 to 100 characters.</param>
/// <param name="Text">What is to be done, 1 to 200 characters.</param>
/// <param name="DueOn">Not before today.</param>
public sealed record TaskRequest(string? Department, string? Person, string? Text, DateOnly? DueOn);

/// <summary>Say that a task is done.</summary>
/// <param name="Task">The number of the task.</param>
/// <param name="Note">What was done, 1 to 500 characters.</param>
public sealed record CompleteTaskRequest(int? Task, string? Note);

/// <summary>Confirm that a task is done.</summary>
/// <param name="Task">The number of the task.</param>
public sealed record ConfirmTaskRequest(int? Task);

/// <summary>Send a task back.</summary>
/// <param name="Task">The number of the task.</param>
/// <param name="Reason">1 to 500 characters.</param>
public sealed record ReturnTaskRequest(int? Task, string? Reason);
