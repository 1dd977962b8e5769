using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Records;

public sealed class LoadTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_department_sees_how_its_load_came_and_where_it_tends_to()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var before = await LastAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
            await Eventually.TrueAsync(async () => await LastAsync() == before + minute + 1);
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var load = (await water.GetAsync("departments/waterworks/load/minutes?minutes=3")).ShouldSucceed().Json;
        load.GetProperty("minutes").EnumerateArray().Select(point => point.GetProperty("open").GetInt32() - before).ShouldBe([2, 3, 3]);
        load.GetProperty("openIn60Minutes").GetDouble().ShouldBeGreaterThan(before + 3);
        (await water.GetAsync("departments/nowhere/load/minutes")).ShouldBeRefused(404, "unknown-department");
        (await water.GetAsync("departments/waterworks/load/minutes?minutes=1441")).ShouldBeRefused(422, "invalid-fields").ShouldName("?minutes", "out-of-range");

        async Task<int> LastAsync() =>
            (await water.GetAsync("departments/waterworks/load/minutes?minutes=1")).ShouldSucceed().Json.GetProperty("minutes").EnumerateArray().Last().GetProperty("open").GetInt32();
    }
}
