using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;
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

    [Fact]
    public async Task A_district_sees_how_the_load_of_its_departments_came_and_its_screens_are_told_where_it_tends_to()
    {
        var (street, commander) = (await Server.StreetAsync(), await Server.AsAsync("east", "990101", "commander"));
        await using var screen = new Screen(await Screen.ConnectAsync(Server, commander), "district:990101", null, owns: true);
        var before = await LastAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
            await Eventually.TrueAsync(async () => await LastAsync() == before + minute + 1);
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var load = (await commander.GetAsync("load/districts/990101/minutes?minutes=3")).ShouldSucceed().Json;
        load.GetProperty("minutes").EnumerateArray().Select(point => point.GetProperty("open").GetInt32() - before).ShouldBe([2, 3, 3]);
        load.GetProperty("openIn60Minutes").GetDouble().ShouldBeGreaterThan(before + 3);
        (await commander.GetAsync("load/districts/990109/minutes")).ShouldBeRefused(404, "unknown-district");
        (await commander.GetAsync("load/districts/990101/minutes?minutes=0")).ShouldBeRefused(422, "invalid-fields").ShouldName("?minutes", "out-of-range");

        // The board beats by the server's clock; the newest minute counts once it is over.
        var told = screen.UntilAsync(frame => frame.TryGetProperty("forecasts", out var forecasts) && forecasts.EnumerateArray().Any(forecast =>
            forecast.GetProperty("organisation").GetString() == "990101" && forecast.GetProperty("openIn30Minutes").GetInt32() > before + 3));
        while (!told.IsCompleted)
        {
            Server.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(told, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        await told;

        async Task<int> LastAsync() =>
            (await commander.GetAsync("load/districts/990101/minutes?minutes=1")).ShouldSucceed().Json.GetProperty("minutes").EnumerateArray().Last().GetProperty("open").GetInt32();
    }
}
