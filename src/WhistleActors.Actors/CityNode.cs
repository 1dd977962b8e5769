using Akka.Actor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.History;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Disputes;

namespace WhistleActors.Actors;

/// <summary>What every actor of a node shares: the city, the clock, and where to tell news.</summary>
/// <param name="Publish">Tells the boards of all nodes that something has a newer state.</param>
/// <param name="Grids">The region of all grids, wherever they are.</param>
/// <param name="Departments">The region of all departments, wherever they are.</param>
/// <param name="History">What the journal tells of whistles that grids have put away.</param>
internal sealed record CityNode(
    CityPack Pack,
    TimeProvider Clock,
    Action<object> Publish,
    Func<IActorRef> Grids,
    Func<IActorRef> Departments,
    Func<WhistleHistory> History)
{
    /// <summary>How patient its actors are; another only in tests.</summary>
    internal Pace Pace { get; init; } = Pace.Normal;

    /// <summary>Who takes notices to people.</summary>
    internal ICourier Courier { get; init; } = new NoCourier();

    /// <summary>Where it is said what people on duty should know, with whistle, grid and department as fields (Akka's own log has none).</summary>
    internal ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>The city's rulings, as far as the node has heard of them.</summary>
    internal Func<Precedents> Precedents { get; init; } = () => Domain.Disputes.Precedents.None;
}

/// <summary>After how long actors do what nobody asks them to.</summary>
/// <param name="GridIdleAfter">A grid with nothing open leaves memory.</param>
/// <param name="DepartmentIdleAfter">A department that holds nothing leaves memory.</param>
/// <param name="RepeatNewsAfter">A grid repeats news that was not heard.</param>
/// <param name="AskAgainAfter">A department asks after the summonses that it holds.</param>
internal sealed record Pace(TimeSpan GridIdleAfter, TimeSpan DepartmentIdleAfter, TimeSpan RepeatNewsAfter, TimeSpan AskAgainAfter)
{
    internal static Pace Normal { get; } = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));
}
