namespace WhistleActors.Consistency.Nodes;

/// <summary>
/// Lets a process believe in a wrong clock, by libfaketime (Debian's package <c>faketime</c>). Its monotonic counter stays right, as it does where a machine's clock
/// is set wrong; and it can be set while the process runs.
/// </summary>
internal static class WrongClock
{
    /// <summary>The library; null when it is not installed.</summary>
    internal static string? Library { get; } = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>What a process needs in its environment to go by the clock in a file.</summary>
    internal static IReadOnlyDictionary<string, string> Environment(string file) => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library!,
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_CACHE_DURATION"] = "1",

        // Of both names, each is known to some versions only.
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };

    /// <summary>Sets the clock in a file so far ahead of the right one, or behind when negative.</summary>
    internal static void Set(string file, TimeSpan ahead) => File.WriteAllText(file, FormattableString.Invariant($"{ahead.TotalSeconds:+0;-0}"));
}
