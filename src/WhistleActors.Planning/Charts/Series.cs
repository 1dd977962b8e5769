using WhistleActors.Domain;

namespace WhistleActors.Planning.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Points">In the order of X; a NaN in Y is a gap.</param>
public sealed record Series(LocalizedText Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>One bar of a chart.</summary>
/// <param name="Low">The lower end of its confidence interval; null when it has none.</param>
/// <param name="High">The upper end.</param>
public sealed record Bar(LocalizedText Name, double Value, double? Low = null, double? High = null);

/// <summary>What a chart says of its axes.</summary>
/// <param name="Unit">What the values count, written beside the axis.</param>
/// <param name="Max">The end of the value axis; null for as far as the values go.</param>
/// <param name="X">How a place on the X axis is written; null for plain numbers.</param>
public sealed record Axes(LocalizedText Unit, double? Max = null, Func<double, string>? X = null);
