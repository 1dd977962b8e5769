using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Call the parties together (会商).</summary>
/// <param name="Others">Who takes part besides the whistle's own parties: initiator, summoned departments, command centre.</param>
/// <param name="Joint">Raise it to the district (联席会议): its command centre decides.</param>
public sealed record ConveneConference(
    WhistleId Whistle, string Subject, ImmutableArray<OrganisationCode> Others, bool Joint, DateTimeOffset? MeetsAt, string? Place) : WhistleCommand(Whistle);

/// <summary>Say in the open conference what one's organisation holds; said again, it replaces what was said before.</summary>
public sealed record StatePosition(WhistleId Whistle, string Text) : WhistleCommand(Whistle);

/// <summary>Propose a measure in the open conference.</summary>
public sealed record ProposeMeasure(WhistleId Whistle, string Text, DepartmentCode? Department, DateOnly? DueOn) : WhistleCommand(Whistle);

/// <summary>Agree or object to a proposed measure; said again, it replaces what was said before.</summary>
/// <param name="Reason">Needed for an objection.</param>
public sealed record AnswerProposal(WhistleId Whistle, int Proposal, bool Agrees, string? Reason) : WhistleCommand(Whistle);

/// <summary>Decide the open conference and set the tasks of the action plan.</summary>
/// <param name="Adopted">Numbers of the proposals adopted.</param>
/// <param name="Tasks">A department that is not summoned yet is summoned with its task, as cooperating.</param>
public sealed record DecideConference(
    WhistleId Whistle, string Decision, ImmutableArray<int> Adopted, ImmutableArray<PlannedTask> Tasks, bool MinutesComplete) : WhistleCommand(Whistle);

/// <summary>A task as it is set: who does what by when.</summary>
/// <param name="Person">Who answers for it.</param>
public sealed record PlannedTask(DepartmentCode Department, string Person, string Text, DateOnly DueOn);

/// <summary>Say that a task is done.</summary>
public sealed record CompleteTask(WhistleId Whistle, int Task, string Note) : WhistleCommand(Whistle);

/// <summary>Confirm that a task is done.</summary>
public sealed record ConfirmTask(WhistleId Whistle, int Task) : WhistleCommand(Whistle);

/// <summary>Send a task back.</summary>
public sealed record ReturnTask(WhistleId Whistle, int Task, string Reason) : WhistleCommand(Whistle);
