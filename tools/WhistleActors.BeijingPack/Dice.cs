namespace WhistleActors.BeijingPack;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every runtime, which System.Random does not promise.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>The next number in [0, 1).</summary>
    internal double Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }
}
