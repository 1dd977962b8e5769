using System.Collections.Concurrent;
using Shouldly;
using WhistleActors.Client;
using WhistleActors.Client.Alerts;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.SignIn;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>The .NET client of the alert hub, as JSON and as MessagePack.</summary>
public sealed class AlertClientTests : IAsyncLifetime
{
    private readonly AlertServer fixture = new();

    public ValueTask InitializeAsync() => fixture.InitializeAsync();

    public async ValueTask DisposeAsync() => await fixture.DisposeAsync();

    [Theory]
    [InlineData(FrameEncoding.MessagePack)]
    [InlineData(FrameEncoding.Json)]
    public async Task A_console_shows_what_waits_and_proves_it_until_it_is_signed(FrameEncoding encoding)
    {
        // More than a packet, so that it is compressed.
        var whistles = new List<string>();
        for (var i = 0; i < 8; i++)
            whistles.Add(await fixture.BlowAsync());
        using var http = WhistleClient.CreateHttp(fixture.Server.Address);
        var news = new ConcurrentQueue<AlertNews>();
        await using var console = new AlertBoardClient(Somebody(http, "water", "waterworks", "dispatcher"), "waterworks", "desk-1", news.Enqueue, new LiveBoardOptions { Encoding = encoding });

        await fixture.RunUntilAsync(() => Task.FromResult(console.Waiting.Select(alert => alert.Whistle).ToHashSet().SetEquals(whistles)));
        news.ShouldContain(told => told.Reset && told.Rings && told.Unsigned == 8);
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistles[7])).Any(attempt => attempt.GetProperty("kind").GetString() == "shown"));

        (await (await fixture.Server.WaterworksAsync()).PostAsync($"whistles/{whistles[0]}/summonses/waterworks/sign")).ShouldSucceed();
        await fixture.RunUntilAsync(() => Task.FromResult(console.Waiting.Count == 7));
        news.ShouldContain(told => told.Over.Contains(whistles[0]));
        console.Trouble.ShouldBeNull();
    }

    [Theory]
    [InlineData(FrameEncoding.MessagePack)]
    [InlineData(FrameEncoding.Json)]
    public async Task The_command_of_a_district_shows_what_came_up_to_it_and_proves_it(FrameEncoding encoding)
    {
        await fixture.StaffAsync(("an", "on-duty", "webhook", "desk"));
        var whistle = await fixture.BlowAsync();
        using var http = WhistleClient.CreateHttp(fixture.Server.Address);
        var news = new ConcurrentQueue<EscalationNews>();
        await using var console = new EscalationBoardClient(Somebody(http, "chief", "990101", "commander"), "990101", "centre-1", news.Enqueue, new LiveBoardOptions { Encoding = encoding });

        await fixture.RunUntilAsync(() => Task.FromResult(console.Waiting.Any(alert => alert.Alert.Whistle == whistle && alert.Department == "waterworks")), TimeSpan.FromSeconds(10));
        news.ShouldContain(told => told.Rings);
        await fixture.RunUntilAsync(async () => (await fixture.AttemptsAsync(whistle)).Any(attempt => attempt.GetProperty("kind").GetString() == "shown" && attempt.GetProperty("person").GetString() == "chief"));

        (await (await fixture.Server.WaterworksAsync()).PostAsync($"whistles/{whistle}/summonses/waterworks/sign")).ShouldSucceed();
        await fixture.RunUntilAsync(() => Task.FromResult(!console.Waiting.Any(alert => alert.Department == "waterworks")));
        console.Trouble.ShouldBeNull();
    }

    private static WhistleClient Somebody(HttpClient http, string person, string organisation, string role) => new(http, new SignInRequest(person, person, organisation, role));
}
