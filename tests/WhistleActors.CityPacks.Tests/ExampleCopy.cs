using System.Collections.Immutable;
using System.Text;

namespace WhistleActors.CityPacks.Tests;

/// <summary>A copy of the example pack in a temporary folder, to be spoiled.</summary>
internal sealed class ExampleCopy : IDisposable
{
    internal ExampleCopy()
    {
        Folder = Directory.CreateTempSubdirectory("city-pack-").FullName;
        foreach (var file in Directory.GetFiles(Repository.Pack("example")))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
    }

    internal string Folder { get; }

    internal string PathOf(string file) => Path.Combine(Folder, file);

    internal ExampleCopy Replace(string file, string text, string by)
    {
        var whole = File.ReadAllText(PathOf(file));
        var first = whole.IndexOf(text, StringComparison.Ordinal);
        first.ShouldBeGreaterThanOrEqualTo(0, $"{file} does not hold '{text}'");
        File.WriteAllText(PathOf(file), whole[..first] + by + whole[(first + text.Length)..], new UTF8Encoding(false));
        return this;
    }

    /// <summary>The line, from 1 on, on which a text first stands.</summary>
    internal int LineOf(string file, string text)
    {
        var whole = File.ReadAllText(PathOf(file));
        return whole[..whole.IndexOf(text, StringComparison.Ordinal)].Count(c => c == '\n') + 1;
    }

    internal ExampleCopy Append(string file, string text)
    {
        File.AppendAllText(PathOf(file), text);
        return this;
    }

    internal ImmutableArray<CityPackFault> Faults() => CityPackReader.Read(Folder).ShouldBeOfType<CityPackReading.Refused>().Faults;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
