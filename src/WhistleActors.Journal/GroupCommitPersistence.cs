using Akka.Configuration;

namespace WhistleActors.Journal;

/// <summary>Names and defaults of the group-commit journal.</summary>
public static class GroupCommitPersistence
{
    /// <summary>The configuration path of the plugin: the value of <c>akka.persistence.journal.plugin</c>.</summary>
    public const string PluginId = "akka.persistence.journal.group-commit";

    /// <summary>The defaults of every setting; add it as a fallback to the configuration of the actor system.</summary>
    public static Config DefaultConfiguration { get; } =
        ConfigurationFactory.FromResource<GroupCommitJournal>("WhistleActors.Journal.reference.conf");
}
