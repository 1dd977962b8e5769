namespace WhistleActors.Domain.Deadlines;

/// <summary>An amount of time in a unit, always positive.</summary>
public readonly record struct TimeLimit(int Amount, TimeUnit Unit);
