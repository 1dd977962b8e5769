using System.Collections.Concurrent;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Planning.Files;
using WhistleActors.Planning.Models;
using WhistleActors.Planning.Plans;

namespace WhistleActors.Server.Plans;

/// <summary>The plan files that the server has for its city. Read again when a file has changed.</summary>
internal sealed class Scenarios(CityPack pack, PlanSettings settings)
{
    private const string Ending = ".yaml";

    private readonly ConcurrentDictionary<string, (DateTime Written, Scenario Scenario)> known = new(StringComparer.Ordinal);

    /// <summary>All of them, in the order of their ids.</summary>
    internal IEnumerable<Scenario> All() => Directory.Exists(settings.Folder)
        ? Directory.EnumerateFiles(settings.Folder, "*" + Ending).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Select(id => Find(id!)).OfType<Scenario>()
        : [];

    /// <summary>One of them; null when there is none for this city.</summary>
    internal Scenario? Find(string id)
    {
        // Only a plain name: who asks chooses a file of the folder, not a path.
        if (id.Length is 0 or > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return null;
        var file = Path.Combine(settings.Folder, id + Ending);
        try
        {
            if (!File.Exists(file))
                return null;
            var written = File.GetLastWriteTimeUtc(file);
            if (!known.TryGetValue(id, out var entry) || entry.Written != written)
                known[id] = entry = (written, Read(id, File.ReadAllText(file)));
            var scenario = entry.Scenario;
            return scenario.City is null || scenario.City == pack.Id ? scenario : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file of past whistles beside the scenarios.</summary>
    internal string? Past(string name)
    {
        try
        {
            return name == Path.GetFileName(name) && name.EndsWith(".csv", StringComparison.Ordinal) ? File.ReadAllText(Path.Combine(settings.Folder, name)) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private Scenario Read(string id, string text)
    {
        var faults = new FaultList();
        var city = PlanReader.CityOf(text);
        var plan = YamlCursor.Read(id + Ending, text, faults) is { } root && city == pack.Id ? PlanReader.Read(pack, root, null, faults, Past, PlanSettings.Bounds) : null;
        return new Scenario(id, city, text, faults.Any ? null : plan, faults.InOrder(), new Lazy<PlanOutline?>(() => plan is null || faults.Any ? null : PlanOutline.Of(pack, plan)));
    }
}

/// <summary>A plan file of the server.</summary>
/// <param name="City">The city that it is for; null when it does not say.</param>
/// <param name="Plan">Null when it cannot be used.</param>
internal sealed record Scenario(string Id, string? City, string Text, Plan? Plan, IReadOnlyList<FileFault> Faults, Lazy<PlanOutline?> Outline)
{
    internal string File => Id + ".yaml";
}
