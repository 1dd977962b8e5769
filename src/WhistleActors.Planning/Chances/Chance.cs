namespace WhistleActors.Planning.Chances;

/// <summary>
/// A stream of chance (SplitMix64; Steele, Lea and Flood 2014). It is a single number, so every whistle and every purpose has one of its own: what one
/// of them draws never moves what another draws, and two plans under the same seed meet the same chance (common random numbers).
/// </summary>
internal struct Chance(ulong state)
{
    private ulong state = state;

    /// <summary>The stream of a seed for the purposes named, in their order.</summary>
    internal static Chance For(ulong seed, ulong first, ulong second = 0) => new(Mix(Mix(Mix(seed + 0x9e3779b97f4a7c15) ^ first) ^ second));

    internal ulong Next() => Mix(state += 0x9e3779b97f4a7c15);

    /// <summary>At least 0, below 1.</summary>
    internal double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to one less than <paramref name="count"/>.</summary>
    internal int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>With mean 1.</summary>
    internal double Exponential() => -Math.Log(1 - Share());

    /// <summary>With mean 0 and variance 1 (Box and Muller).</summary>
    internal double Normal() => Math.Sqrt(2 * Exponential()) * Math.Cos(2 * Math.PI * Share());

    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
