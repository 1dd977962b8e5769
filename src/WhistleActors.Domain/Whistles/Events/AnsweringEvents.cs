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
