namespace WhistleActors.Domain.Patterns;

/// <summary>
/// How many times something may be expected to happen that happened so often before. Events at a constant, unknown rate are counted
/// (Poisson), the rate is learnt from the past with Jeffreys' prior; what that predicts is a negative binomial count (Gelman et al., Bayesian
/// Data Analysis, 2.6). It is wider than a Poisson count with the rate taken as known, so a short past does not make every repetition look strange.
/// </summary>
/// <param name="Past">How often it happened.</param>
/// <param name="PastExposure">In how much time or space, in any unit; positive.</param>
/// <param name="Exposure">The time or space to predict for, in the same unit; positive.</param>
public readonly record struct Predictive(long Past, double PastExposure, double Exposure)
{
    private const double Jeffreys = 0.5;

    private double Shape => Past + Jeffreys;

    /// <summary>The mean count.</summary>
    public double Expected => Shape * Exposure / PastExposure;

    /// <summary>The probability of that count or a higher one, 0 to 1.</summary>
    public double AtLeast(int count)
    {
        var share = Exposure / (PastExposure + Exposure);
        var (term, below) = (Math.Pow(1 - share, Shape), 0.0);
        for (var k = 0; k < count; k++)
        {
            below += term;
            term *= (Shape + k) / (k + 1) * share;
        }

        // Far out, one minus nearly one is only noise: there the sum of what remains is taken directly.
        return below < 0.999 ? 1 - below : Remaining(count, term, share);
    }

    private double Remaining(int count, double term, double share)
    {
        var sum = 0.0;
        for (var k = count; term > sum * 1e-16 || k < Expected; k++)
        {
            sum += term;
            term *= (Shape + k) / (k + 1) * share;
        }

        return Math.Min(sum, 1);
    }
}
