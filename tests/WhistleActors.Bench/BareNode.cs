using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WhistleActors.Actors.Hosting;

namespace WhistleActors.Bench;

/// <summary>What a take-over is measured against: a node with the server's own settings, whose entities do nothing but answer.</summary>
internal static class BareNode
{
    /// <summary>Runs until it is told to stop; its addresses come in the variables that the server has them in.</summary>
    internal static async Task RunAsync()
    {
        var settings = Server.Hosting.ServerSettings.Read([]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("whistle-actors", akka =>
        {
            akka.AddHocon(WhistleActorsHosting.Configuration(settings.Storage, settings.Hocon), HoconAddMode.Prepend);
            akka.WithRemoting(settings.Node.Host, settings.Node.Port);
            akka.WithClustering(new ClusterOptions { SeedNodes = [.. settings.Node.Seeds!.Select(seed => $"akka.tcp://whistle-actors@{seed}")] });
            akka.WithShardRegion<Answering>("bare", (_, _, _) => _ => Props.Create<Answering>(), new Extractor(), new ShardOptions());
        });
        await using var app = builder.Build();
        app.MapGet("/health/ready", (ActorSystem system) =>
            Results.StatusCode(Cluster.Get(system).SelfMember.Status == MemberStatus.Up ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/ask/{id}", async (string id, IReadOnlyActorRegistry registry, CancellationToken cancelled) =>
            Results.Text(await registry.Get<Answering>().Ask<string>(id, TimeSpan.FromSeconds(10), cancelled)));
        await app.RunAsync();
    }

    private sealed class Answering : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Extractor() : HashCodeMessageExtractor(100)
    {
        public override string EntityId(object message) => (string)message;
    }
}
