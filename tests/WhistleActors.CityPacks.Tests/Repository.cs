namespace WhistleActors.CityPacks.Tests;

/// <summary>Where the tests find the files of the repository.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    internal static string Pack(string id) => Path.Combine(Root, "city-packs", id);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WhistleActors.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
