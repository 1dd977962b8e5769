using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using WhistleActors.Server.Hosting;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Hosting;

public sealed class LeavingTests
{
    [Fact]
    public async Task A_node_that_is_told_to_stop_is_not_ready_says_why_and_serves_on_until_it_does()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true, "--leave_after", "5");
        var street = await server.StreetAsync();
        var way = (LeaveInOrder)server.Services.GetRequiredService<IHostLifetime>();

        var stopping = way.LeaveAsync();

        using var answer = await server.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement
            .GetProperty("checks").GetProperty("node").GetString().ShouldBe("this node is leaving");
        (await street.PostAsync($"grids/{ExampleCity.Belfry}/whistles", Bodies.Blow)).ShouldSucceed(201);
        stopping.IsCompleted.ShouldBeFalse();

        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await stopping;
        server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_node_that_is_told_twice_does_not_wait()
    {
        await using var server = await TestServer.StartAsync(fakeClock: true, "--leave_after", "5");
        var way = (LeaveInOrder)server.Services.GetRequiredService<IHostLifetime>();
        var stopping = way.LeaveAsync();

        await way.LeaveAsync();

        await stopping;
        server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
    }
}
