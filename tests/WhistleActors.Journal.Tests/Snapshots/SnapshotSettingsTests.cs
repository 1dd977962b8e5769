using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using Shouldly;
using WhistleActors.Journal.Snapshots;
using WhistleActors.Journal.Tests.Harness;
using Xunit;

namespace WhistleActors.Journal.Tests.Snapshots;

public sealed class SnapshotSettingsTests
{
    [Theory]
    [InlineData("connection-string = x", $"{DirectSnapshotStore.PluginId}.provider is ''; it must be 'sqlite' or 'postgresql'.")]
    [InlineData("provider = oracle, connection-string = x", $"{DirectSnapshotStore.PluginId}.provider is 'oracle'; it must be 'sqlite' or 'postgresql'.")]
    [InlineData("provider = sqlite", $"{DirectSnapshotStore.PluginId}.connection-string is missing.")]
    [InlineData("provider = sqlite, connection-string = \"Data Source=:memory:\"", "need an SQLite file")]
    [InlineData("provider = sqlite, connection-string = \"Mode=Memory;Data Source=x\"", "need an SQLite file")]
    public async Task A_wrong_setting_is_named_in_the_log(string hocon, string expected)
    {
        var config = ConfigurationFactory.ParseString(
            $$"""
            akka { loglevel = ERROR, stdout-loglevel = OFF, loggers = [] }
            akka.persistence.snapshot-store { plugin = "{{DirectSnapshotStore.PluginId}}", direct { {{hocon}} } }
            """).WithFallback(GroupCommitPersistence.DefaultConfiguration);
        using var system = ActorSystem.Create("settings", config);
        var probe = new Probe(system);
        system.EventStream.Subscribe(probe.Ref, typeof(Error));

        Persistence.Instance.Apply(system).SnapshotStoreFor(null);

        (await probe.ExpectAsync<Error>()).Cause.ToString().ShouldContain(expected);
        await system.Terminate();
    }
}
