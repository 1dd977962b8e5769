using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>A clock ran out before the department answered.</summary>
/// <param name="Due">When it ran out.</param>
public sealed record DeadlinePassed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department, Clock Clock, DateTimeOffset Due)
    : SummonsEvent(Whistle, At, By, Key, Department);
