using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>The initiator took the whistle back.</summary>
public sealed record WhistleWithdrawn(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, string Reason) : GridEvent(Whistle, At, By, Key);

/// <summary>The initiator closed the whistle.</summary>
public sealed record WhistleClosed(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, string? Note) : GridEvent(Whistle, At, By, Key);

/// <summary>The whistle should never have been blown (作废).</summary>
public sealed record WhistleVoided(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, string Reason) : GridEvent(Whistle, At, By, Key);
