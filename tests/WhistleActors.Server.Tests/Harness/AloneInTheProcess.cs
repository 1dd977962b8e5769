namespace WhistleActors.Server.Tests.Harness;

/// <summary>Tests that run while no others do: what the process holds, measures, traces or logs is one for all servers in it.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
