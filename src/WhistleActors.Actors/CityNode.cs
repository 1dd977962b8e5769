using Akka.Actor;
using WhistleActors.Domain.CityPacks;

namespace WhistleActors.Actors;

/// <summary>What every actor of a node shares: the city, the clock, and where to tell news.</summary>
/// <param name="Publish">Tells the boards of all nodes that something has a newer state.</param>
/// <param name="Grids">The region of all grids, wherever they are.</param>
/// <param name="Departments">The region of all departments, wherever they are.</param>
internal sealed record CityNode(
    CityPack Pack,
    TimeProvider Clock,
    Action<object> Publish,
    Func<IActorRef> Grids,
    Func<IActorRef> Departments);
