namespace WhistleActors.Domain.Patterns;

/// <summary>Successes in independent trials.</summary>
public static class Binomial
{
    /// <summary>The probability of that many successes or more.</summary>
    /// <param name="share">The probability of one success, between 0 and 1, both excluded.</param>
    public static double AtLeast(int successes, int trials, double share)
    {
        var (term, sum) = (Math.Pow(share, trials), 0.0);
        for (var k = trials; k >= successes; k--)
        {
            sum += term;
            term *= k / (double)(trials - k + 1) * (1 - share) / share;
        }

        return Math.Min(sum, 1);
    }
}
