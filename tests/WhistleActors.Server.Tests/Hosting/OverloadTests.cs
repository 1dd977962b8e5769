using System.Net.Sockets;
using System.Text;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Hosting;

public sealed class OverloadTests
{
    [Fact]
    public async Task A_server_that_is_full_says_so_at_once_and_when_to_come_back_and_then_takes_the_command_once()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true, "--most_at_once", "1", "--most_waiting", "0");
        var street = await server.StreetAsync();
        TcpClient? slow = null;
        try
        {
            // A request whose body does not end holds the only place; unless our own question was there first.
            await Eventually.TrueAsync(async () =>
            {
                slow?.Dispose();
                slow = await BeginAsync(server, street.Token);
                return (await street.GetAsync("load")).Status == 503;
            });

            (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "patient")).ShouldBeRefused(503, "overloaded");

            // Who only asks how it is gets an answer all the same.
            (await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
        }
        finally
        {
            slow?.Dispose();
        }

        await Eventually.TrueAsync(async () => (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow, key: "patient")).Status == 201);
        (await street.GetAsync($"grids/{ExampleCity.Belfry}")).Json.GetProperty("openWhistles").GetArrayLength().ShouldBe(1);
    }

    private static async Task<TcpClient> BeginAsync(TestServer server, string token)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/grids/{ExampleCity.Belfry}/whistles HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
        return client;
    }
}
