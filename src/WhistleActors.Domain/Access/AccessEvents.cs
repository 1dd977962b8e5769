using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Access;

/// <summary>Something that happened to who may come in. Everything in it is a fact.</summary>
/// <param name="By">Who ordered it.</param>
public abstract record AccessEvent(DateTimeOffset At, Officer By);

/// <summary>A person's tokens are not believed any more (撤销访问). Those that are issued later are.</summary>
/// <param name="TokensBefore">What was issued before is not believed.</param>
/// <param name="Key">The Idempotency-Key of the order; null when there was none.</param>
public sealed record AccessWithdrawn(DateTimeOffset At, Officer By, PersonId Person, DateTimeOffset TokensBefore, string Reason, string? Key = null) : AccessEvent(At, By);
