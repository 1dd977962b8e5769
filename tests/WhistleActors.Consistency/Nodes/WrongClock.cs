namespace WhistleActors.Consistency.Nodes;

/// <summary>
/// Lets a process believe in a wrong clock, by libfaketime (Debian's package <c>faketime</c>). Its monotonic counter stays right, as it does where a machine's clock
/// is set wrong.
/// </summary>
/// <remarks>libfaketime can also set the clock while a process runs. But then timers of .NET go off too early, which no machine whose clock is set lets them do.</remarks>
internal static class WrongClock
{
    /// <summary>The library; null when it is not installed.</summary>
    internal static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>What a process needs in its environment to see a clock that is so far ahead of the right one, or behind when negative.</summary>
    internal static IReadOnlyDictionary<string, string> Environment(TimeSpan ahead) => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME"] = FormattableString.Invariant($"{ahead.TotalSeconds:+0;-0}"),

        // Of both names, each is known to some versions only.
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };
}
