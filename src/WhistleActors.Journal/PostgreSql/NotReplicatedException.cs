namespace WhistleActors.Journal.PostgreSql;

/// <summary>Committed on the primary, but not known to be on the synchronous standby: a fail-over would lose it.</summary>
internal sealed class NotReplicatedException() : IOException("The synchronous standby did not confirm in time.");
