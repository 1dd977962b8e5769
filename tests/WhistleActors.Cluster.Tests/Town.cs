using WhistleActors.Contract.Whistles;

namespace WhistleActors.Cluster.Tests;

/// <summary>The example city, as the server reads it from a folder.</summary>
internal static class Town
{
    public static readonly string[] Grids = ["99010100100101", "99010100100201"];

    public static readonly BlowRequest BurstMain = new("burst-main", "emergency", "emergency", "service", "主街水管爆裂");

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "city-packs", "example");

    /// <summary>A copy in which an unsigned emergency is with the deputy after a minute, and with the head at the same moment.</summary>
    public static string WithAShortChain()
    {
        var copy = Copy();
        var pack = Path.Combine(copy, "pack.json");
        var text = File.ReadAllText(pack);
        var from = text.IndexOf("\"emergencySteps\"", StringComparison.Ordinal);
        var to = text.IndexOf(']', from);
        File.WriteAllText(pack, string.Concat(
            text.AsSpan(0, from),
            """
            "emergencySteps": [{ "rank": "on-duty", "afterMinutes": 0 }, { "rank": "deputy", "afterMinutes": 1 }, { "rank": "head", "afterMinutes": 1 }
            """,
            text.AsSpan(to)));
        return copy;
    }

    /// <summary>A copy in which an emergency has to be signed within a minute.</summary>
    public static string InAHurry()
    {
        var copy = Copy();
        var deadlines = Path.Combine(copy, "deadlines.csv");
        File.WriteAllText(deadlines, File.ReadAllText(deadlines).Replace("sign,emergency,,,5,minutes", "sign,emergency,,,1,minutes", StringComparison.Ordinal));
        return copy;
    }

    private static string Copy()
    {
        var copy = Directory.CreateTempSubdirectory("whistle-town-").FullName;
        foreach (var file in Directory.GetFiles(Folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
