using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>A server on a fake clock that may send to the loopback address, and what it sends to.</summary>
public sealed class AlertServer : IAsyncLifetime
{
    internal const string Secret = "a secret of more than 24 characters";

    private readonly string file = Path.GetTempFileName();

    /// <summary>What it is set besides; to be given before it starts.</summary>
    internal string[] Settings { get; set; } = [];

    internal TestServer Server { get; private set; } = null!;

    internal Receiver Webhook { get; private set; } = null!;

    internal MailServer Mail { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Webhook, Mail) = (await Receiver.StartAsync(), new MailServer());
        await File.WriteAllTextAsync(file, $$"""
            {
              "targets": [
                { "name": "desk", "url": "{{Webhook.Url}}alerts", "secret": "{{Secret}}" },
                { "name": "gateway", "url": "{{Webhook.Url}}gateway", "secret": "{{Secret}}" },
                { "name": "metadata", "url": "http://169.254.169.254/latest", "secret": "{{Secret}}" }
              ],
              "sms": "gateway",
              "voice": "gateway"
            }
            """);
        Server = await TestServer.StartAsync(
            fakeClock: true, ["--webhooks", file, "--allowed_networks", "127.0.0.0/8", "--smtp", $"smtp://127.0.0.1:{Mail.Port}", "--smtp_from", "whistle@example.org", .. Settings]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Webhook.DisposeAsync();
        await Mail.DisposeAsync();
        File.Delete(file);
    }

    /// <summary>Writes the roster of the next two days; each person of the chain with one way to be reached.</summary>
    internal Task StaffAsync(params (string Person, string Rank, string Channel, string Address)[] people) =>
        StaffAsync([.. people.Select(of => (of.Person, of.Rank, of.Channel.Length == 0 ? Array.Empty<(string, string)>() : [(of.Channel, of.Address)]))]);

    /// <summary>The same, with any ways to be reached.</summary>
    internal async Task StaffAsync(params (string Person, string Rank, (string Channel, string Address)[] Ways)[] people)
    {
        var water = await Server.WaterworksAsync();
        var (from, to) = (Server.Now.AddHours(-1), Server.Now.AddDays(2));
        var shifts = people.Select(of => new
        {
            person = of.Person,
            name = $"{of.Person} 先生",
            rank = of.Rank,
            from,
            to,
            contacts = of.Ways.Select(way => new { channel = way.Channel, address = way.Address }),
        });
        (await water.PutAsync("departments/waterworks/roster", JsonSerializer.Serialize(new { from, to, shifts }))).Status.ShouldBe(204);
    }

    internal async Task<string> BlowAsync() =>
        (await (await Server.StreetAsync()).PostAsync("grids/99010100100101/whistles", Bodies.Blow)).ShouldSucceed(201).Id;

    internal async Task<JsonElement[]> AttemptsAsync(string whistle) => [..
        (await (await Server.StreetAsync()).GetAsync($"/api/v1/whistles/{whistle}/alerts")).ShouldSucceed().Json.GetProperty("departments").EnumerateArray()
            .Single(department => department.GetProperty("department").GetString() == "waterworks").GetProperty("attempts").EnumerateArray()];

    /// <summary>Lets the clock run until something is so.</summary>
    internal Task RunUntilAsync(Func<Task<bool>> condition, TimeSpan? step = null) => Eventually.TrueAsync(async () =>
    {
        Server.Clock.Advance(step ?? TimeSpan.FromSeconds(1));
        await Task.Delay(20);
        return await condition();
    });

    internal async Task<HubConnection> ConnectAsync(Person person)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(Server.Address, "hubs/alerts"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(person.Token))
            .Build();
        await connection.StartAsync();
        return connection;
    }
}
