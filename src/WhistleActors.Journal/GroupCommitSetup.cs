using Akka.Actor.Setup;

namespace WhistleActors.Journal;

/// <summary>What the journal needs beyond text settings; pass it to the actor system with <see cref="ActorSystemSetup"/>.</summary>
public sealed class GroupCommitSetup : Setup
{
    /// <summary>The clock that stamps events and paces attempts to reach a database in trouble.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
