using Microsoft.AspNetCore.Http.Connections;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.SignIn;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Live;

/// <summary>The .NET client on each way to the server, and through a middlebox that lets the better ways down.</summary>
public sealed class LiveTransportTests(LiveServer fixture) : IClassFixture<LiveServer>
{
    private static readonly SignInRequest Wall = new("wall", "大屏", "city", "observer");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpTransportType.WebSockets, FrameEncoding.MessagePack)]
    [InlineData(HttpTransportType.WebSockets, FrameEncoding.Json)]
    [InlineData(HttpTransportType.ServerSentEvents, FrameEncoding.Json)]
    [InlineData(HttpTransportType.LongPolling, FrameEncoding.MessagePack)]
    [InlineData(HttpTransportType.LongPolling, FrameEncoding.Json)]
    public async Task Every_way_and_every_encoding_carries_the_same_board(HttpTransportType way, FrameEncoding encoding) =>
        await FollowsAsync(fixture.Server.Address, new LiveBoardOptions { Transports = way, Encoding = encoding });

    [Theory]
    [InlineData(FrameEncoding.MessagePack)]
    [InlineData(FrameEncoding.Json)]
    public async Task Where_a_WebSocket_cannot_be_opened_another_way_is_taken(FrameEncoding encoding)
    {
        await using var box = new Middlebox(fixture.Server.Address, Middlebox.Kind.RefusesUpgrade);

        await FollowsAsync(box.Address, new LiveBoardOptions { Encoding = encoding });
    }

    [Theory]
    [InlineData(FrameEncoding.MessagePack)]
    [InlineData(FrameEncoding.Json)]
    public async Task Where_a_WebSocket_opens_and_lets_nothing_through_another_way_is_taken_the_next_time(FrameEncoding encoding)
    {
        await using var box = new Middlebox(fixture.Server.Address, Middlebox.Kind.SwallowsUpgraded);

        await FollowsAsync(box.Address, new LiveBoardOptions { Encoding = encoding, SilenceLimit = TimeSpan.FromSeconds(4) });
    }

    [Fact]
    public async Task A_large_picture_is_compressed_on_its_way_and_an_uncompressed_one_says_the_same()
    {
        var street = await fixture.Server.StreetAsync();
        for (var i = 0; i < 20; i++)
            await BlowAsync(street);
        using var http = WhistleClient.CreateHttp(fixture.Server.Address);
        var wall = new WhistleClient(http, Wall);
        await using var packed = new LiveBoardClient(wall, "subdistrict:990101001");
        await using var plain = new LiveBoardClient(wall, "subdistrict:990101001", new LiveBoardOptions { Encoding = FrameEncoding.Json });

        var (left, right) = (await packed.WaitForAsync(_ => true, Cancel), await plain.WaitForAsync(_ => true, Cancel));

        left.Whistles.Keys.Order().ShouldBe(right.Whistles.Keys.Order());
        var (few, many) = (await BytesAsync(FrameEncoding.MessagePack), await BytesAsync(FrameEncoding.Json));
        (few * 4).ShouldBeLessThan(many);
    }

    private static async Task<string> BlowAsync(Person street) =>
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;

    private async Task<long> BytesAsync(FrameEncoding encoding)
    {
        await using var box = new Middlebox(fixture.Server.Address, Middlebox.Kind.Counts);
        using var http = WhistleClient.CreateHttp(box.Address);
        await using var board = new LiveBoardClient(new WhistleClient(http, Wall), "subdistrict:990101001", new LiveBoardOptions { Encoding = encoding });
        (await board.WaitForAsync(picture => picture.Whistles.Count >= 20)).Whistles.Count.ShouldBeGreaterThanOrEqualTo(20);
        return box.BytesFromServer;
    }

    private async Task FollowsAsync(Uri address, LiveBoardOptions options)
    {
        var street = await fixture.Server.StreetAsync();
        var before = await BlowAsync(street);
        using var http = WhistleClient.CreateHttp(address);
        await using var board = new LiveBoardClient(new WhistleClient(http, Wall), "city", options);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        await board.WaitForAsync(picture => picture.Whistles.ContainsKey(before), patience.Token);
        var after = await BlowAsync(street);
        await board.WaitForAsync(picture => picture.Whistles.ContainsKey(after), patience.Token);

        board.IsFresh.ShouldBeTrue();
    }
}
