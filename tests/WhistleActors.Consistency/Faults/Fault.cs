using WhistleActors.Consistency.Nodes;

namespace WhistleActors.Consistency.Faults;

/// <summary>One thing that is done to a cluster, and taken back.</summary>
/// <param name="Name">Stable; <c>--faults</c> names it.</param>
/// <param name="SurvivedMeanwhile">True when the rest of the cluster has to be itself again while it lasts; false when nobody can be asked for that before it is over.</param>
/// <param name="StrikeAsync">Does it, waits, and takes it back.</param>
/// <param name="Needs">What the cluster must have for it.</param>
internal sealed record Fault(string Name, bool SurvivedMeanwhile, Func<Strike, Task> StrikeAsync, Means Needs = Means.None)
{
    /// <summary>Why it cannot strike on this machine; null when it can.</summary>
    internal string? Hindrance =>
        Needs.HasFlag(Means.WrongClock) && WrongClock.Library is null ? "libfaketime is not installed (Debian's package faketime)"
        : Needs.HasFlag(Means.SmallDisk) && Environment.UserName != "root" ? "only root can mount a disk to fill"
        : null;
}
