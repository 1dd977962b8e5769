using WhistleActors.Client;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>What a scenario is made from.</summary>
internal sealed record Given(Settings Settings, CityMap City, Planner Planner, WhistleClient Observer);
