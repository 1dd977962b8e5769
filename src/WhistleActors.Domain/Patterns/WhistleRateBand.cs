namespace WhistleActors.Domain.Patterns;

/// <summary>
/// How often a subdistrict may be expected to whistle. Too seldom, and the mechanism is dead there; too often, and daily work has failed and the
/// departments are worn out (DOMAIN 3.2). It is watched, not a target to reach.
/// </summary>
/// <param name="Weeks">Over how many weeks whistles are counted.</param>
/// <param name="Low">Fewer than this is too few.</param>
/// <param name="High">More than this is too many.</param>
public sealed record WhistleRateBand(int Weeks, int Low, int High)
{
    /// <summary>How a count stands to the band. A record younger than the weeks proves too many, but not too few.</summary>
    /// <param name="recorded">How long whistles have been recorded.</param>
    public WhistleRateStanding Of(int whistles, TimeSpan recorded) =>
        whistles > High ? WhistleRateStanding.TooHigh
        : whistles >= Low ? WhistleRateStanding.Within
        : recorded < Span ? WhistleRateStanding.TooEarly
        : WhistleRateStanding.TooLow;

    /// <summary>The weeks as a span.</summary>
    public TimeSpan Span => TimeSpan.FromDays(7 * Weeks);
}

/// <summary>How a subdistrict's whistles stand to the band.</summary>
public enum WhistleRateStanding
{
    /// <summary>Inside the band.</summary>
    Within,

    /// <summary>Too few.</summary>
    TooLow,

    /// <summary>Too many.</summary>
    TooHigh,

    /// <summary>Few so far, but the record is too young to tell.</summary>
    TooEarly,
}
