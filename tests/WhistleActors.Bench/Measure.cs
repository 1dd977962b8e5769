namespace WhistleActors.Bench;

/// <summary>One figure: the median of several runs, with the lowest and the highest.</summary>
internal sealed record Measure(string Name, double Value, string Unit, double Min, double Max, int Runs)
{
    internal static Measure Of(string name, string unit, params IEnumerable<double> runs)
    {
        var sorted = runs.Order().ToList();
        return new Measure(name, sorted[sorted.Count / 2], unit, sorted[0], sorted[^1], sorted.Count);
    }
}
