namespace WhistleActors.Domain.Disputes;

/// <summary>Within what a department may say "not ours".</summary>
/// <param name="Window">Counted from when it was summoned.</param>
public sealed record DisputeLimits(TimeSpan Window)
{
    /// <summary>What holds where a city pack says nothing: no source names a limit, so two hours is only a sensible one.</summary>
    public static DisputeLimits Default { get; } = new(TimeSpan.FromMinutes(120));
}
