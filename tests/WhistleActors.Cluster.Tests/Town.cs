using WhistleActors.Contract.Whistles;

namespace WhistleActors.Cluster.Tests;

/// <summary>The example city, as the server reads it from a folder.</summary>
internal static class Town
{
    public static readonly string[] Grids = ["99010100100101", "99010100100201"];

    public static readonly BlowRequest BurstMain = new("burst-main", "emergency", "emergency", "service", "主街水管爆裂");

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "city-packs", "example");

    /// <summary>A copy in which an emergency has to be signed within a minute.</summary>
    public static string InAHurry()
    {
        var copy = Directory.CreateTempSubdirectory("whistle-town-").FullName;
        foreach (var file in Directory.GetFiles(Folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var deadlines = Path.Combine(copy, "deadlines.csv");
        File.WriteAllText(deadlines, File.ReadAllText(deadlines).Replace("sign,emergency,,,5,minutes", "sign,emergency,,,1,minutes", StringComparison.Ordinal));
        return copy;
    }
}
