using System.Net.WebSockets;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Live;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Live;

/// <summary>Connections that say what they should not, or take nothing.</summary>
public sealed class LiveAbuseTests(LiveServer fixture) : IClassFixture<LiveServer>, IAsyncLifetime
{
    private Screen bystander = null!;

    private TestServer Server => fixture.Server;

    public async ValueTask InitializeAsync()
    {
        bystander = new Screen(await Screen.ConnectAsync(Server), "city", null, owns: true);
        await bystander.NextAsync();
    }

    /// <summary>Whatever happened: another screen sees the next whistle, and soon.</summary>
    public async ValueTask DisposeAsync()
    {
        var id = (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201).Id;
        await bystander.UntilAsync(_ => bystander.Seen.Contains(id));
        await bystander.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type":"4"}""")]
    [InlineData("""{"type":4,"invocationId":7}""")]
    [InlineData("""{"type":4,"invocationId":"1","target":null,"arguments":{}}""")]
    public async Task A_message_that_is_none_ends_its_connection(string record)
    {
        using var raw = await RawScreen.ConnectAsync(Server);
        await raw.SayAsync(record);

        (await raw.HearToTheEndAsync()).ShouldAllBe(said => said.Contains("\"type\":7") || said.Contains("\"type\":6"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_end_their_connection()
    {
        using var raw = await RawScreen.ConnectAsync(Server);
        await raw.SayRawAsync([0xff, 0xfe, 0x00, 0x1e], WebSocketMessageType.Binary);

        (await raw.HearToTheEndAsync()).ShouldAllBe(said => said.Contains("\"type\":7"));
    }

    [Theory]
    [InlineData("""["city"]""")]
    [InlineData("""["city",null,null]""")]
    [InlineData("""[7,null]""")]
    [InlineData("""["city","x"]""")]
    [InlineData("""["city",{"epoch":"x","sequence":"y"}]""")]
    [InlineData("""["city",{"epoch":"x","sequence":9223372036854775808}]""")]
    [InlineData("""["city",{"epoch":"x","sequence":1,"more":1}]""")]
    [InlineData("""["city",[]]""")]
    public async Task Arguments_that_do_not_fit_are_refused_and_the_connection_goes_on(string arguments)
    {
        using var raw = await RawScreen.ConnectAsync(Server);
        await raw.SayAsync($$"""{"type":1,"invocationId":"1","target":"Follow","arguments":{{arguments}}}""");
        var refused = JsonDocument.Parse((await raw.HearAsync())!).RootElement;
        (refused.GetProperty("type").GetInt32(), refused.GetProperty("invocationId").GetString()).ShouldBe((3, "1"));
        refused.GetProperty("error").GetString()!.ShouldNotContain(" at ");

        await raw.FollowAsync(2, "city");
        (await raw.FrameAsync()).Board.ShouldBe("city");
    }

    [Fact]
    public async Task A_message_that_is_too_large_ends_its_connection()
    {
        using var raw = await RawScreen.ConnectAsync(Server);
        await raw.SayAsync($$"""{"type":1,"invocationId":"1","target":"Follow","arguments":["{{new string('x', 100_000)}}",null]}""");

        (await raw.HearToTheEndAsync()).ShouldAllBe(said => said.Contains("\"type\":7"));
    }

    [Theory]
    [InlineData("""{"protocol":"telepathy","version":1}""")]
    [InlineData("""{"protocol":"json","version":99}""")]
    [InlineData("""{"type":4}""")]
    public async Task A_greeting_that_is_none_is_answered_with_an_error(string greeting)
    {
        using var raw = await RawScreen.ConnectAsync(Server, greets: false);
        await raw.SayAsync(greeting);

        (await raw.HearAsync())!.ShouldContain("error");
        (await raw.HearAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Ten_thousand_boards_on_one_connection_are_refused_by_name_and_the_first_eight_go_on()
    {
        using var raw = await RawScreen.ConnectAsync(Server);
        var saying = Task.Run(async () =>
        {
            for (var i = 1; i <= 10_000; i++)
                await raw.FollowAsync(i, $"whistle:{ExampleCity.Belfry}-{i}");
        }, TestContext.Current.CancellationToken);
        var (refused, boards) = (0, new HashSet<string>());
        while (refused < 10_000 - LiveScreen.MostBoards || boards.Count < LiveScreen.MostBoards)
        {
            var message = JsonDocument.Parse((await raw.HearAsync()).ShouldNotBeNull()).RootElement;
            if (message.TryGetProperty("target", out _))
                boards.Add(message.GetProperty("arguments")[0].GetString()!);
            else if (message.TryGetProperty("error", out var error) && error.GetString()!.Contains("too-many-boards"))
                refused++;
        }

        await saying;
        boards.ShouldBe(Enumerable.Range(1, LiveScreen.MostBoards).Select(i => $"whistle:{ExampleCity.Belfry}-{i}"), ignoreOrder: true);
    }
}
