using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Departments;

/// <summary>A message to the actor of a department.</summary>
public interface IDepartmentMessage : IWhistleMessage
{
    DepartmentCode Department { get; }
}

/// <summary>A grid tells how a summons stands. Sent until heard; takes effect once.</summary>
/// <param name="Trace">Where that stands in the trace of what caused it; null when nobody records it.</param>
public sealed record SummonsNews(DepartmentCode Department, WhistleId Whistle, HeldSummons Summons, string? Trace = null) : IDepartmentMessage;

/// <summary>What an order to a department came to: it is stored, or <paramref name="Refusal"/> says why not, or the journal failed.</summary>
public sealed record DepartmentAnswer(Refusal? Refusal, bool Stored = true) : IWhistleMessage;

/// <summary>Asks for the load; answered by a <see cref="Contract.Departments.LoadView"/>.</summary>
public sealed record AskLoad(DepartmentCode Department) : IDepartmentMessage;

/// <summary>Brings a department into memory, so that it asks after its summonses.</summary>
public sealed record WakeDepartment(DepartmentCode Department) : IDepartmentMessage;
