using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The parties were called together (会商).</summary>
public sealed record ConferenceConvened(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    int Number,
    string Subject,
    OrganisationCode Chair,
    bool Joint,
    ImmutableArray<OrganisationCode> Parties,
    DateTimeOffset? MeetsAt,
    string? Place) : GridEvent(Whistle, At, By, Key);

/// <summary>A party said what it holds.</summary>
public sealed record PositionStated(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, int Conference, string Text)
    : GridEvent(Whistle, At, By, Key);

/// <summary>A party proposed a measure.</summary>
public sealed record MeasureProposed(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, int Conference, int Number, string Text, DepartmentCode? Department, DateOnly? DueOn)
    : GridEvent(Whistle, At, By, Key);

/// <summary>A party agreed or objected to a measure.</summary>
public sealed record ProposalAnswered(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, int Conference, int Proposal, bool Agrees, string? Reason)
    : GridEvent(Whistle, At, By, Key);

/// <summary>The chair decided; the action plan grows by the tasks, numbered on from those before.</summary>
/// <param name="Summoned">Who is summoned with its task.</param>
/// <param name="Minutes">The minutes (会议纪要) of all that was recorded, as they were then.</param>
public sealed record ConferenceDecided(
    WhistleId Whistle,
    DateTimeOffset At,
    Officer? By,
    CommandKey? Key,
    int Conference,
    string Decision,
    ImmutableArray<int> Adopted,
    ImmutableArray<PlannedTask> Tasks,
    ImmutableArray<StampedSummons> Summoned,
    bool MinutesComplete,
    LocalizedText Minutes,
    ImmutableArray<ClockSchedule>? Schedules = null) : GridEvent(Whistle, At, By, Key);

/// <summary>The department said that a task is done.</summary>
public sealed record TaskCompleted(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, int Task, string Note) : GridEvent(Whistle, At, By, Key);

/// <summary>The initiator confirmed a task.</summary>
public sealed record TaskConfirmed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, int Task) : GridEvent(Whistle, At, By, Key);

/// <summary>The initiator sent a task back.</summary>
public sealed record TaskReturned(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, int Task, string Reason) : GridEvent(Whistle, At, By, Key);
