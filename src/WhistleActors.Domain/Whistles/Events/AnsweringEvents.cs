using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The department signed (签收).</summary>
public sealed record SummonsSigned(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, bool Late)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A crew set out.</summary>
public sealed record CrewDeparted(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, CrewCode? Crew, DateTimeOffset? ArrivesAt)
    : SummonsEvent(Whistle, At, By, Key, Department);

/// <summary>A crew that had set out was called back before it arrived (召回); the department owes another as before.</summary>
/// <param name="Crew">Null when it set out without a code.</param>
/// <param name="For">The emergency that it was wanted for; null where it could not come for another reason.</param>
public sealed record CrewRecalled(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, CrewCode? Crew, string Reason, WhistleId? For = null)
    : SummonsEvent(Whistle, At, By, Key, Department);
