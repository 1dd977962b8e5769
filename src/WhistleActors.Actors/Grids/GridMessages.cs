using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Actors.Grids;

/// <summary>A message to the actor of a grid.</summary>
public interface IGridMessage : IWhistleMessage
{
    GridCode Grid { get; }
}

/// <summary>An officer orders something of a grid. Answered by one of the four below, always.</summary>
/// <param name="Trace">Where the order stands in a trace; null when nobody records it.</param>
public sealed record GiveOrder(GridCode Grid, Order Order, string? Trace = null) : IGridMessage;

/// <summary>What an order came to.</summary>
public interface IOrderAnswer : IWhistleMessage;

/// <summary>Its events are stored.</summary>
/// <param name="View">The whistle's public state after it, as JSON.</param>
public sealed record OrderAccepted(WhistleId Whistle, long Version, byte[] View) : IOrderAnswer;

/// <summary>It was accepted before; the answer then was the whistle at this version.</summary>
public sealed record OrderRepeated(WhistleId Whistle, long Version) : IOrderAnswer;

/// <summary>Nothing has changed.</summary>
public sealed record OrderRefused(Refusal Refusal) : IOrderAnswer;

/// <summary>The journal did not store it; nothing has changed.</summary>
public sealed record OrderNotStored(string Reason) : IOrderAnswer;

/// <summary>Asks for a whistle; answered by <see cref="PublishedWhistle"/> or <see cref="WhistleNotHere"/>.</summary>
public sealed record AskWhistle(GridCode Grid, WhistleId Whistle) : IGridMessage;

/// <summary>The grid does not hold the whistle: it never was, or it ended so long ago that only the journal tells of it.</summary>
public sealed record WhistleNotHere(WhistleId Whistle) : IWhistleMessage;

/// <summary>Asks where in the grid's journal a whistle's history goes on after an end; answered by <see cref="Returns"/>.</summary>
public sealed record AskReturns(GridCode Grid, WhistleId Whistle) : IGridMessage;

/// <summary>The numbers of the events with which a whistle's history goes on; none for a whistle that never came back.</summary>
public sealed record Returns(WhistleId Whistle, IReadOnlyList<long> Sequences) : IWhistleMessage;

/// <summary>Asks what is open in a grid; answered by <see cref="GridAnswer"/>.</summary>
public sealed record AskGrid(GridCode Grid) : IGridMessage;

/// <summary>The open whistles of a grid.</summary>
public sealed record GridAnswer(GridCode Grid, IReadOnlyList<Whistle> Open) : IWhistleMessage;

/// <summary>Brings a grid into memory, so that its deadlines fire.</summary>
public sealed record WakeGrid(GridCode Grid) : IGridMessage;

/// <summary>Lets a grid keep its state as it is now, so that its events up to now may go into the archive. Not answered.</summary>
public sealed record SaveGrid(GridCode Grid) : IGridMessage;

/// <summary>A department asks how one of its summonses stands; answered by <see cref="Departments.SummonsNews"/>.</summary>
/// <param name="Heard">The version that it has heard of.</param>
public sealed record AskSummons(GridCode Grid, WhistleId Whistle, DepartmentCode Department, long Heard) : IGridMessage;

/// <summary>A department has stored news of a summons up to a version.</summary>
public sealed record NewsHeard(GridCode Grid, WhistleId Whistle, DepartmentCode Department, long Version) : IGridMessage;
