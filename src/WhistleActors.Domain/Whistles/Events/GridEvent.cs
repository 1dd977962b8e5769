using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>What happened in a grid, as it is stored for ever. Carries its own time, so that replay reads no clock.</summary>
/// <param name="By">Who caused it; null for what time caused.</param>
/// <param name="Key">The command that caused it, when its caller named it.</param>
public abstract record GridEvent(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key);

/// <summary>An event of one department's summons.</summary>
public abstract record SummonsEvent(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, DepartmentCode Department)
    : GridEvent(Whistle, At, By, Key);
