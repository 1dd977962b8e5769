using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Access;
using WhistleActors.Domain.Refusals;

namespace WhistleActors.Actors.Access;

/// <summary>A message to the actor that knows who may come in.</summary>
public interface IAccessMessage : IWhistleMessage;

/// <summary>An administrator orders something. Answered by <see cref="AccessAnswer"/>.</summary>
/// <param name="Trace">What it belongs to: a W3C <c>traceparent</c>; null when nobody records that.</param>
public sealed record GiveAccessOrder(AccessOrder Order, string? Trace = null) : IAccessMessage;

/// <summary>Asks who may come in; answered by an <see cref="AccessState"/>.</summary>
public sealed record AskAccess : IAccessMessage;

/// <summary>What an order came to: it is stored, or <paramref name="Refusal"/> says why not, or the journal failed.</summary>
/// <param name="State">As it is now.</param>
public sealed record AccessAnswer(AccessState State, Refusal? Refusal = null, bool Stored = true) : IWhistleMessage;
