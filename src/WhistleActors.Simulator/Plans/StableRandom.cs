namespace WhistleActors.Simulator.Plans;

/// <summary>Chance that depends on the seed and on what it decides, never on which of many tasks happened to ask first.</summary>
internal static class StableRandom
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    public static Random For(int seed, long number, string subject = "")
    {
        var hash = FnvOffset;
        foreach (var part in (ReadOnlySpan<ulong>)[(ulong)(uint)seed, (ulong)number])
            hash = (hash ^ part) * FnvPrime;
        foreach (var character in subject)
            hash = (hash ^ character) * FnvPrime;

        // FNV leaves neighbouring numbers close together in the low bits; one round of mixing parts them.
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        return new Random((int)(uint)hash);
    }
}
