using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Departments;

/// <summary>What a department heard of one of its summonses, as it is stored.</summary>
public abstract record DepartmentEvent(WhistleId Whistle, DateTimeOffset At);

/// <summary>The department was summoned, or its summons moved on.</summary>
public sealed record SummonsHeld(WhistleId Whistle, DateTimeOffset At, HeldSummons Summons) : DepartmentEvent(Whistle, At);

/// <summary>The department has nothing more to do with the summons.</summary>
/// <param name="Round">The whistle's round, from the second on.</param>
public sealed record SummonsOver(WhistleId Whistle, DateTimeOffset At, long Version, int? Round = null, int? Turn = null) : DepartmentEvent(Whistle, At);
