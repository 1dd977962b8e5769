using System.Collections.Immutable;

namespace WhistleActors.Domain.Assessments;

/// <summary>How a period's score is put together (考核方案). Weights differ by city and year, so they are data with dates.</summary>
public sealed record ScoreScheme(string Code, LocalizedText Name, DateOnly ValidFrom, DateOnly? ValidTo, ImmutableArray<ScoreIndicator> Indicators);
