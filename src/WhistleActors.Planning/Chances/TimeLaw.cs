namespace WhistleActors.Planning.Chances;

/// <summary>The shapes that a length of time can have.</summary>
public enum TimeShape
{
    /// <summary>Always the mean.</summary>
    Constant,

    /// <summary>Evenly around the mean; its coefficient of variation is at most 0.577.</summary>
    Uniform,

    /// <summary>Memoryless; its coefficient of variation is 1.</summary>
    Exponential,

    /// <summary>Skewed, as work and travel are.</summary>
    Lognormal,

    /// <summary>Mostly short, now and then very long: two exponentials with balanced means; its coefficient of variation is above 1.</summary>
    Hyperexponential,
}

/// <summary>How long something takes.</summary>
/// <param name="Mean">At least zero.</param>
/// <param name="Variation">Standard deviation over mean, where the shape leaves it open.</param>
public readonly record struct TimeLaw(TimeShape Shape, TimeSpan Mean, double Variation = 1)
{
    /// <summary>No time at all.</summary>
    public static TimeLaw None { get; } = new(TimeShape.Constant, TimeSpan.Zero);

    /// <summary>Draws one length, in ticks.</summary>
    internal long Draw(ref Chance chance) => (long)(Mean.Ticks * Shape switch
    {
        TimeShape.Constant => 1,
        TimeShape.Uniform => 1 + (Variation * Math.Sqrt(3) * ((2 * chance.Share()) - 1)),
        TimeShape.Exponential => chance.Exponential(),
        TimeShape.Lognormal => Lognormal(ref chance, Variation),
        TimeShape.Hyperexponential => Hyperexponential(ref chance),
        _ => throw new InvalidOperationException($"{Shape} is no shape."),
    });

    /// <summary>With mean 1.</summary>
    internal static double Lognormal(ref Chance chance, double variation)
    {
        var variance = Math.Log(1 + (variation * variation));
        return Math.Exp((Math.Sqrt(variance) * chance.Normal()) - (variance / 2));
    }

    private double Hyperexponential(ref Chance chance)
    {
        var squared = Variation * Variation;
        var share = 0.5 * (1 + Math.Sqrt((squared - 1) / (squared + 1)));
        return chance.Share() < share ? chance.Exponential() / (2 * share) : chance.Exponential() / (2 * (1 - share));
    }
}
