using System.Collections.Immutable;
using WhistleActors.Contract.City;
using WhistleActors.Domain;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Load;

/// <summary>A load on a live server, as a file describes it. Times are the scenario's; so many minutes of it pass in one of ours.</summary>
/// <param name="Compress">How many minutes of the scenario pass in one of ours.</param>
/// <param name="MostOpen">Lives that may go on at once; a whistle that comes then is not sent, and counted.</param>
internal sealed record LoadScenario(
    LocalizedText Name, double Compress, int MostOpen, ImmutableArray<LoadSource> Sources, Screens Screens, SlowCrews? Slow)
{
    /// <summary>The most whistles of one scenario: all are drawn before the first is sent, and what was acknowledged of each is kept.</summary>
    public const int MostWhistles = 200_000;

    /// <summary>All whistles in the order of their times; the same seed draws the same.</summary>
    public IReadOnlyList<Arrival> Draw(int seed) =>
        [.. Sources.SelectMany((source, index) => source.Draw(StableRandom.For(seed, index, "load"))).OrderBy(arrival => arrival.At)];
}

/// <summary>One whistle that is meant to be blown.</summary>
/// <param name="At">From the beginning, in the scenario's time.</param>
/// <param name="Level">As the API writes it.</param>
/// <param name="Departments">Summoned instead of the proposal, the first in the lead; none for the proposal.</param>
internal sealed record Arrival(TimeSpan At, Cell Cell, MatterView Matter, string Level, ImmutableArray<string> Departments);

/// <summary>Screens that are connected beside the load.</summary>
/// <param name="Connected">Boards that stay.</param>
/// <param name="Flapping">Boards that come and go all the time.</param>
/// <param name="Stays">How long one of those stays, in our time.</param>
/// <param name="Away">How long it is away.</param>
internal sealed record Screens(int Connected, int Flapping, TimeSpan Stays, TimeSpan Away)
{
    public static Screens None { get; } = new(0, 0, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
}
