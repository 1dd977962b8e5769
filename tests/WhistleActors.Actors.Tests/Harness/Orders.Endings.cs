using Akka.Actor;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Harness;

internal static partial class Orders
{
    public static Order Reopen(WhistleId whistle, string? key = null) => new(
        new ReopenWhistle(whistle, "回访未解决", "夜间仍在漏水"), ExampleCity.Street, key is null ? null : new CommandKey(key, "same"));

    /// <summary>The lead works and is let go, the other is not needed, and the whistle is closed.</summary>
    /// <returns>The version at which it closed.</returns>
    public static async Task<long> CloseAsync(this IActorRef grid, WhistleId whistle, DateTimeOffset now)
    {
        await grid.AcceptedAsync(CheckIn(whistle, now));
        await grid.AcceptedAsync(new Order(
            new ReportOutcome(whistle, ExampleCity.Waterworks, OutcomeKind.Resolved, "已修", null), ExampleCity.Dispatcher(ExampleCity.Waterworks)));
        await grid.AcceptedAsync(new Order(new AcceptOutcome(whistle, ExampleCity.Waterworks), ExampleCity.Street));
        await grid.AcceptedAsync(new Order(new ReleaseDepartment(whistle, ExampleCity.Waterworks, null), ExampleCity.Street));
        await grid.AcceptedAsync(new Order(new ReleaseDepartment(whistle, ExampleCity.WestRoads, "无需"), ExampleCity.Street));
        return (await grid.AcceptedAsync(new Order(new CloseWhistle(whistle, null), ExampleCity.Street))).Version;
    }

    public static async Task<IReadOnlyList<long>> ReturnsAsync(this IActorRef grid, WhistleId whistle) =>
        (await grid.Ask<Returns>(new AskReturns(ExampleCity.Belfry, whistle), Patience)).Sequences;
}
