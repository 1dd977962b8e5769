using Akka.Configuration;
using Shouldly;
using Xunit;

namespace WhistleActors.Journal.Tests;

public sealed class GroupCommitSettingsTests
{
    [Fact]
    public void The_defaults_in_code_are_those_of_the_reference_configuration()
    {
        var settings = Parse("provider = sqlite, connection-string = \"Data Source=x.db\"");

        settings.ShouldBe(new GroupCommitSettings { Provider = JournalProvider.Sqlite, ConnectionString = "Data Source=x.db" });
        settings.Synchronous.ShouldBe(SynchronousMode.Full);
    }

    [Fact]
    public void Every_setting_can_be_changed()
    {
        var settings = Parse(
            """
            provider = PostgreSQL, connection-string = x, synchronous = normal, auto-initialize = off, tag-separator = ",", max-queued-events = 1
            max-queued-bytes = 2 KiB, max-batch-events = 3, max-batch-bytes = 4 KiB, max-event-bytes = 5, replay-page-events = 6
            max-grouped-reads = 7, read-parallelism = 8, ordered-commits = off, min-retry-pause = 9ms, max-retry-pause = 10s
            """);

        settings.ShouldBe(new GroupCommitSettings
        {
            Provider = JournalProvider.PostgreSql,
            ConnectionString = "x",
            Synchronous = SynchronousMode.Normal,
            AutoInitialize = false,
            TagSeparator = ",",
            MaxQueuedEvents = 1,
            MaxQueuedBytes = 2048,
            MaxBatchEvents = 3,
            MaxBatchBytes = 4096,
            MaxEventBytes = 5,
            ReplayPageEvents = 6,
            MaxGroupedReads = 7,
            ReadParallelism = 8,
            OrderedCommits = false,
            MinRetryPause = TimeSpan.FromMilliseconds(9),
            MaxRetryPause = TimeSpan.FromSeconds(10),
        });
    }

    [Theory]
    [InlineData("connection-string = x", "provider")]
    [InlineData("provider = oracle, connection-string = x", "provider")]
    [InlineData("provider = sqlite", "connection-string")]
    [InlineData("provider = sqlite, connection-string = x, synchronous = off", "synchronous")]
    [InlineData("provider = sqlite, connection-string = x, max-batch-events = 0", "max-batch-events")]
    [InlineData("provider = sqlite, connection-string = x, max-event-bytes = 2 GiB", "max-event-bytes")]
    [InlineData("provider = sqlite, connection-string = x, tag-separator = \"\"", "tag-separator")]
    public void A_wrong_setting_is_named(string hocon, string name) =>
        Should.Throw<ConfigurationException>(() => Parse(hocon)).Message.ShouldContain($"{GroupCommitPersistence.PluginId}.{name} ");

    private static GroupCommitSettings Parse(string hocon) => GroupCommitSettings.From(ConfigurationFactory.ParseString(hocon));
}
