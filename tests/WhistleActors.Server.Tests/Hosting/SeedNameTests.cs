using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Tests.Hosting;

public sealed class SeedNameTests
{
    [Fact]
    public async Task Nodes_are_looked_up_until_enough_are_there_and_stay_and_all_see_them_in_one_order()
    {
        var clock = new FakeTimeProvider();
        var answers = new Queue<string[]?>([null, ["10.0.0.9"], ["10.0.0.9"], ["10.0.0.9", "10.0.0.3"], ["10.0.0.3", "10.0.0.12", "10.0.0.9"], ["10.0.0.12", "10.0.0.9", "10.0.0.3"]]);

        var finding = new SeedName("nodes.example", 5090, Least: 2).ResolveAsync(
            (name, _) =>
            {
                name.ShouldBe("nodes.example");
                return answers.Dequeue() is { } found ? Task.FromResult(found.Select(IPAddress.Parse).ToArray()) : throw new SocketException((int)SocketError.HostNotFound);
            },
            clock,
            TestContext.Current.CancellationToken);

        while (!finding.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await finding).ShouldBe(["10.0.0.12:5090", "10.0.0.3:5090", "10.0.0.9:5090"]);
        answers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("whistle-0.nodes:5090", "nodes:5090", null, "WHISTLE_NODE")]
    [InlineData(null, "nodes:5090", null, "WHISTLE_NODE")]
    [InlineData("10.0.0.1:5090", "nodes:5090", "10.0.0.2:5090", "WHISTLE_SEEDS")]
    [InlineData("10.0.0.1:5090", "nodes", null, "WHISTLE_SEEDS_DNS")]
    public void Settings_that_cannot_find_the_others_are_refused_with_what_would_be_right(string? node, string dns, string? seeds, string named)
    {
        var folder = Directory.CreateTempSubdirectory("whistle-seeds-").FullName;
        string[] args = ["--data", folder, "--seeds_dns", dns, .. node is null ? (string[])[] : ["--node", node], .. seeds is null ? (string[])[] : ["--seeds", seeds]];

        Should.Throw<SettingsException>(() => ServerSettings.Read(args)).Message.ShouldContain(named);

        Directory.Delete(folder, recursive: true);
    }
}
