using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhistleActors.Journal.Bench;

/// <summary>All measured values by name, and their summary.</summary>
internal sealed class Figures
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly Dictionary<string, (string Unit, List<double> Values)> _values = [];

    public void Add(string name, string unit, double value)
    {
        if (!_values.TryGetValue(name, out var entry))
            _values[name] = entry = (unit, []);
        entry.Values.Add(value);
    }

    /// <summary>An array of {name, value, unit, min, max, runs}; the value is the median.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        _values.Select(entry =>
        {
            var sorted = entry.Value.Values.Order().ToArray();
            return new Figure(
                entry.Key, Rounded(sorted[sorted.Length / 2]), entry.Value.Unit, Rounded(sorted[0]), Rounded(sorted[^1]), sorted.Length);
        }),
        Options);

    private static double Rounded(double value) => value >= 1000 ? Math.Round(value) : Math.Round(value, 3);

    private sealed record Figure(string Name, double Value, string Unit, double Min, double Max, int Runs);
}
