using Akka.Configuration;

namespace WhistleActors.Journal;

internal sealed record GroupCommitSettings
{
    public required JournalProvider Provider { get; init; }
    public required string ConnectionString { get; init; }
    public SynchronousMode Synchronous { get; init; } = SynchronousMode.Full;
    public bool AutoInitialize { get; init; } = true;
    public string TagSeparator { get; init; } = ";";
    public int MaxQueuedEvents { get; init; } = 100_000;
    public long MaxQueuedBytes { get; init; } = 128L << 20;
    public int MaxBatchEvents { get; init; } = 1000;
    public long MaxBatchBytes { get; init; } = 8L << 20;
    public long MaxEventBytes { get; init; } = 16L << 20;
    public int ReplayPageEvents { get; init; } = 500;
    public int MaxGroupedReads { get; init; } = 200;
    public int ReadParallelism { get; init; } = 2;
    public bool OrderedCommits { get; init; } = true;
    public TimeSpan MinRetryPause { get; init; } = TimeSpan.FromMilliseconds(20);
    public TimeSpan MaxRetryPause { get; init; } = TimeSpan.FromSeconds(1);

    public static GroupCommitSettings From(Config plugin)
    {
        var config = plugin.WithFallback(GroupCommitPersistence.DefaultConfiguration.GetConfig(GroupCommitPersistence.PluginId));
        return new GroupCommitSettings
        {
            Provider = ProviderOf(config),
            ConnectionString = NotEmpty(config, "connection-string"),
            Synchronous = SynchronousOf(config),
            AutoInitialize = config.GetBoolean("auto-initialize"),
            TagSeparator = NotEmpty(config, "tag-separator"),
            MaxQueuedEvents = (int)Positive(config, "max-queued-events", int.MaxValue),
            MaxQueuedBytes = Positive(config, "max-queued-bytes", long.MaxValue),
            MaxBatchEvents = (int)Positive(config, "max-batch-events", 100_000),
            MaxBatchBytes = Positive(config, "max-batch-bytes", 512L << 20),
            // 1 GB is what a bytea and, as it comes compiled, an SQLite blob can hold at most.
            MaxEventBytes = Positive(config, "max-event-bytes", 1_000_000_000),
            ReplayPageEvents = (int)Positive(config, "replay-page-events", 1_000_000),
            MaxGroupedReads = (int)Positive(config, "max-grouped-reads", 10_000),
            ReadParallelism = (int)Positive(config, "read-parallelism", 64),
            OrderedCommits = config.GetBoolean("ordered-commits"),
            MinRetryPause = config.GetTimeSpan("min-retry-pause"),
            MaxRetryPause = config.GetTimeSpan("max-retry-pause"),
        };
    }

    private static JournalProvider ProviderOf(Config config) => config.GetString("provider")?.ToUpperInvariant() switch
    {
        "SQLITE" => JournalProvider.Sqlite,
        "POSTGRESQL" => JournalProvider.PostgreSql,
        var other => throw new ConfigurationException(
            $"{GroupCommitPersistence.PluginId}.provider is '{other}'; it must be 'sqlite' or 'postgresql'."),
    };

    private static SynchronousMode SynchronousOf(Config config) => config.GetString("synchronous")?.ToUpperInvariant() switch
    {
        "FULL" => SynchronousMode.Full,
        "NORMAL" => SynchronousMode.Normal,
        var other => throw new ConfigurationException(
            $"{GroupCommitPersistence.PluginId}.synchronous is '{other}'; it must be 'full' or 'normal'."),
    };

    private static string NotEmpty(Config config, string key)
    {
        var value = config.GetString(key);
        return string.IsNullOrEmpty(value)
            ? throw new ConfigurationException($"{GroupCommitPersistence.PluginId}.{key} is missing.")
            : value;
    }

    private static long Positive(Config config, string key, long largest)
    {
        var value = config.GetByteSize(key) ?? 0;
        return value >= 1 && value <= largest
            ? value
            : throw new ConfigurationException($"{GroupCommitPersistence.PluginId}.{key} is {value}; it must be between 1 and {largest}.");
    }
}
