namespace WhistleActors.Bench;

/// <summary>A folder for one measurement, gone after it.</summary>
internal static class TemporaryFolder
{
    internal static async Task<T> UseAsync<T>(Func<string, Task<T>> work)
    {
        var folder = Directory.CreateTempSubdirectory("whistle-bench-").FullName;
        try
        {
            return await work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
