namespace WhistleActors.Domain.CityPacks;

/// <summary>How often a whistle may be blown (一次、二次、三次哨; DOMAIN 8.2), and how long a closed one may be taken up again.</summary>
/// <param name="Most">So many rounds at most by blowing again; a reopening after a revisit is not counted against it.</param>
/// <param name="ReopenWithinDays">Calendar days after the closing within which a revisit may reopen it.</param>
public sealed record RoundLimits(int Most, int ReopenWithinDays)
{
    /// <summary>More rounds than any mechanism names: a limit that keeps a whistle's state small, whatever a pack says.</summary>
    public const int MostEver = 9;

    /// <summary>What counts where a city pack says nothing.</summary>
    public static RoundLimits Default { get; } = new(Most: 3, ReopenWithinDays: 30);
}
