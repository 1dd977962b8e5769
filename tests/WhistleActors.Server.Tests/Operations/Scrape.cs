using System.Globalization;
using System.Text.RegularExpressions;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Operations;

/// <summary>What /metrics says, in the text format of Prometheus.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> series = [];

    private Scrape(string text)
    {
        foreach (Match line in Line().Matches(text))
        {
            var labels = Label().Matches(line.Groups["labels"].Value).ToDictionary(label => label.Groups["name"].Value, label => label.Groups["value"].Value);
            series.Add((line.Groups["name"].Value, labels, double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture)));
        }
    }

    public static async Task<Scrape> OfAsync(TestServer server) => new(await server.Http.GetStringAsync("/metrics"));

    /// <summary>The sum of the series of a name that carry these labels; null when there is none.</summary>
    public double? Sum(string name, params (string Name, string Value)[] labels)
    {
        var found = series.Where(one => one.Name == name && labels.All(label => one.Labels.GetValueOrDefault(label.Name) == label.Value)).ToList();
        return found.Count == 0 ? null : found.Sum(one => one.Value);
    }

    /// <summary>The values that a label has in the series of a name.</summary>
    public IReadOnlySet<string> Values(string name, string label) =>
        series.Where(one => one.Name == name && one.Labels.ContainsKey(label)).Select(one => one.Labels[label]).ToHashSet();

    /// <summary>All names.</summary>
    public IReadOnlySet<string> Names => series.Select(one => one.Name).ToHashSet();

    /// <summary>How many series begin so.</summary>
    public int CountOf(string prefix) => series.Count(one => one.Name.StartsWith(prefix, StringComparison.Ordinal));

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>\S+)""", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("(?<name>\\w+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Label();
}
