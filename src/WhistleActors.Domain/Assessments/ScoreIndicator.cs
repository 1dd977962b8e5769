namespace WhistleActors.Domain.Assessments;

/// <summary>One rate of a score scheme and its weight; the weights of a scheme add up to 100.</summary>
/// <param name="Indicator">The indicator's stable name, such as <c>check-in-on-time</c>.</param>
public sealed record ScoreIndicator(string Indicator, decimal Weight);
