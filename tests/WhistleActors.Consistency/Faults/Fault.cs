namespace WhistleActors.Consistency.Faults;

/// <summary>One thing that is done to a cluster, and taken back.</summary>
/// <param name="Name">Stable; <c>--faults</c> names it.</param>
/// <param name="SurvivedMeanwhile">True when the rest of the cluster has to be itself again while it lasts; false when nobody can be asked for that before it is over.</param>
/// <param name="StrikeAsync">Does it, waits, and takes it back.</param>
internal sealed record Fault(string Name, bool SurvivedMeanwhile, Func<Strike, Task> StrikeAsync);
