using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Server.Alerts;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Server.Tests.Live;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>Connections to the alert hub that say what they should not.</summary>
public sealed class AlertAbuseTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"type":"4"}""")]
    [InlineData("""{"type":4,"invocationId":"1","target":null,"arguments":{}}""")]
    public async Task A_message_that_is_none_ends_its_connection(string record)
    {
        using var raw = await ConnectAsync();
        await raw.SayAsync(record);

        (await raw.HearToTheEndAsync()).ShouldAllBe(said => said.Contains("\"type\":7") || said.Contains("\"type\":6"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_end_their_connection()
    {
        using var raw = await ConnectAsync();
        await raw.SayRawAsync([0xff, 0xfe, 0x00, 0x1e], WebSocketMessageType.Binary);

        (await raw.HearToTheEndAsync()).ShouldAllBe(said => said.Contains("\"type\":7"));
    }

    [Fact]
    public async Task A_message_that_is_too_large_ends_its_connection()
    {
        using var raw = await ConnectAsync();
        await raw.SayAsync($$"""{"type":1,"invocationId":"1","target":"Shown","arguments":["waterworks","desk",["{{new string('x', 100_000)}}"]]}""");

        (await raw.HearToTheEndAsync()).ShouldAllBe(said => said.Contains("\"type\":7"));
    }

    [Theory]
    [InlineData(4, "Follow", """[]""")]
    [InlineData(4, "Follow", """["waterworks",null]""")]
    [InlineData(4, "Follow", """[7]""")]
    [InlineData(4, "Follow", """[null]""")]
    [InlineData(4, "FollowEscalated", """[{}]""")]
    [InlineData(4, "FollowEscalated", """["990101"]""")]
    [InlineData(1, "Shown", """["waterworks","desk"]""")]
    [InlineData(1, "Shown", """["waterworks","desk",null]""")]
    [InlineData(1, "Shown", """["waterworks","desk",[null]]""")]
    [InlineData(1, "Shown", """["waterworks",null,[]]""")]
    [InlineData(1, "Shown", """["waterworks","desk",{"0":"99010100100101-1"}]""")]
    [InlineData(1, "EscalatedShown", """["990101","desk",[{"whistle":"99010100100101-1","department":"waterworks"}]]""")]
    [InlineData(1, "Nonsense", """[]""")]
    public async Task Arguments_that_do_not_fit_are_refused_and_the_connection_goes_on(int type, string target, string arguments)
    {
        using var raw = await ConnectAsync();
        await raw.SayAsync($$"""{"type":{{type}},"invocationId":"1","target":"{{target}}","arguments":{{arguments}}}""");
        var refused = await HearAsync(raw);
        (refused.GetProperty("type").GetInt32(), refused.GetProperty("invocationId").GetString()).ShouldBe((3, "1"));
        refused.GetProperty("error").GetString()!.ShouldNotContain("   at ");

        await FollowAsync(raw, 2);
        (await HearAsync(raw)).GetProperty("type").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("""[null]""", "unknown-department")]
    [InlineData("""[{"whistle":"99010100100101-1"}]""", "unknown-department")]
    [InlineData("""[{"whistle":"99010100100101-1","department":"nowhere"}]""", "unknown-department")]
    [InlineData("""[{"department":"waterworks"}]""", "not-whistles")]
    [InlineData("""[{"whistle":"99010200100101-1","department":"waterworks"}]""", "not-your-department")]
    [InlineData("""null""", "not-whistles")]
    public async Task A_command_centre_that_says_it_displayed_what_it_cannot_have_is_refused(string alerts, string code)
    {
        using var raw = await RawScreen.ConnectAsync(Server, hub: "alerts", person: await Server.AsAsync("centre", "990101", "commander"));
        await raw.SayAsync($$"""{"type":1,"invocationId":"1","target":"EscalatedShown","arguments":["990101","desk",{{alerts}}]}""");
        (await raw.HearAsync())!.ShouldContain(code);
    }

    [Fact]
    public async Task Ten_thousand_subscriptions_of_one_connection_are_refused_by_name_and_the_first_go_on()
    {
        using var raw = await ConnectAsync();
        var saying = Task.Run(async () =>
        {
            for (var i = 0; i < 10_000; i++)
                await FollowAsync(raw, i);
        }, TestContext.Current.CancellationToken);
        var (refused, following) = (0, new HashSet<string>());
        while (refused < 10_000 - AlertHub.MostStreams || following.Count < AlertHub.MostStreams)
        {
            var message = await HearAsync(raw);
            if (message.GetProperty("type").GetInt32() == 2)
                following.Add(message.GetProperty("invocationId").GetString()!);
            else if (message.GetProperty("type").GetInt32() == 3 && message.GetProperty("error").GetString()!.Contains("too-many-subscriptions"))
                refused++;
        }

        await saying;
        following.ShouldBe(["0", "1"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_subscription_that_ended_makes_room_for_another()
    {
        using var raw = await ConnectAsync();
        for (var i = 0; i < 10; i++)
        {
            await FollowAsync(raw, i);
            (await HearAsync(raw)).GetProperty("type").GetInt32().ShouldBe(2);
            await raw.SayAsync($$"""{"type":5,"invocationId":"{{i}}"}""");
            (await HearAsync(raw)).GetProperty("type").GetInt32().ShouldBe(3);
        }
    }

    [Fact]
    public async Task More_than_a_frame_brings_cannot_have_been_displayed_at_once()
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(Server.Address, "hubs/alerts"), options => options.AccessTokenProvider = async () => (await Server.WaterworksAsync()).Token)
            .Build();
        await connection.StartAsync(TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Shown", "waterworks", "desk", Enumerable.Repeat("99010100100101-1", 501).ToArray())))
            .Message.ShouldContain("not-whistles");
    }

    // Whatever it is, but a sign of life.
    private static async Task<JsonElement> HearAsync(RawScreen raw)
    {
        while (true)
        {
            var said = JsonDocument.Parse((await raw.HearAsync()).ShouldNotBeNull()).RootElement;
            if (said.GetProperty("type").GetInt32() != 6)
                return said;
        }
    }

    private static Task FollowAsync(RawScreen raw, int invocation) =>
        raw.SayAsync($$"""{"type":4,"invocationId":"{{invocation}}","target":"Follow","arguments":["waterworks"]}""");

    private async Task<RawScreen> ConnectAsync() => await RawScreen.ConnectAsync(Server, hub: "alerts", person: await Server.WaterworksAsync());
}
