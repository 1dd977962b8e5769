using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Life;

/// <summary>What brings a whistle of the example city near its end.</summary>
internal static class Endings
{
    /// <summary>The waterworks come, work, are accepted and let go; the roads bureau is not needed.</summary>
    public static async Task FinishAsync(TestServer server, string whistle)
    {
        var (street, water) = (await server.StreetAsync(), await server.WaterworksAsync());
        (await water.PostAsync($"{whistle}/summonses/waterworks/check-in", Bodies.CheckIn(server.Now))).ShouldSucceed();
        (await water.PostAsync($"{whistle}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await street.PostAsync($"{whistle}/accept", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/release", """{"department":"waterworks"}""")).ShouldSucceed();
        (await street.PostAsync($"{whistle}/release", """{"department":"990101-roads","reason":"无需配合"}""")).ShouldSucceed();
    }
}
