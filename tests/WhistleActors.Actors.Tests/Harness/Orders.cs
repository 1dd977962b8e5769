using Akka.Actor;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Harness;

/// <summary>Orders as officers of the example city give them.</summary>
internal static partial class Orders
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static Order Blow(string? key = null) => new(
        new BlowWhistle(ExampleCity.BurstMain, WhistleOccasion.Emergency, WhistleLevel.Emergency, WhistleChain.Service, "主街水管爆裂", null, null, null),
        ExampleCity.Street,
        key is null ? null : new CommandKey(key, "same"));

    public static Order Sign(WhistleId whistle) => new(new SignSummons(whistle, ExampleCity.Waterworks), ExampleCity.Dispatcher(ExampleCity.Waterworks));

    public static Order CheckIn(WhistleId whistle, DateTimeOffset now) => new(
        new CheckInCrew(whistle, ExampleCity.Waterworks, new PositionFix(new Position(120.005, 30.005, Datum.Wgs84), 5, now), null, null, 3),
        ExampleCity.Dispatcher(ExampleCity.Waterworks));

    public static Order Withdraw(WhistleId whistle) => new(new WithdrawWhistle(whistle, "误报"), ExampleCity.Street);

    public static Task<IOrderAnswer> GiveAsync(this IActorRef grid, Order order) =>
        grid.Ask<IOrderAnswer>(new GiveOrder(ExampleCity.Belfry, order), Patience);

    public static async Task<OrderAccepted> AcceptedAsync(this IActorRef grid, Order order) => (await grid.GiveAsync(order)).ShouldBeOfType<OrderAccepted>();

    public static async Task<Whistle> WhistleAsync(this IActorRef grid, WhistleId whistle) =>
        (await grid.Ask<object>(new AskWhistle(ExampleCity.Belfry, whistle), Patience)).ShouldBeOfType<PublishedWhistle>().Whistle;
}
