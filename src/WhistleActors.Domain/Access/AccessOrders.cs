using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Access;

/// <summary>Do not believe a person's tokens any more (撤销访问). Given twice under one key it takes effect once.</summary>
/// <param name="TokensBefore">Only those that were issued before; null for all that there are now.</param>
/// <param name="Key">The caller's Idempotency-Key; null when there is none.</param>
public sealed record WithdrawAccess(PersonId Person, string Reason, DateTimeOffset? TokensBefore = null, string? Key = null);

/// <summary>A command, and who gives it.</summary>
public sealed record AccessOrder(WithdrawAccess Command, Officer By);
