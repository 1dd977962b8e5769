namespace WhistleActors.Contract.Departments;

/// <summary>A department's load over time.</summary>
/// <param name="Minutes">How it stood when each minute ended, oldest first.</param>
/// <param name="OpenIn30Minutes">The open summonses in half an hour if the last half hour goes on: a trend, not a promise.</param>
/// <param name="OpenIn60Minutes">The same in an hour.</param>
public sealed record LoadMinutesView(string Department, IReadOnlyList<LoadMinuteView> Minutes, double OpenIn30Minutes, double OpenIn60Minutes);

/// <summary>A district's load over time: the sum over the departments that it has.</summary>
/// <param name="Minutes">How it stood when each minute ended, oldest first.</param>
/// <param name="OpenIn30Minutes">The open summonses in half an hour if the last half hour goes on: a trend, not a promise.</param>
/// <param name="OpenIn60Minutes">The same in an hour.</param>
public sealed record DistrictLoadMinutesView(string District, IReadOnlyList<LoadMinuteView> Minutes, double OpenIn30Minutes, double OpenIn60Minutes);

/// <summary>The load when a minute ended; the numbers are those of <see cref="LoadView"/>.</summary>
/// <param name="Minute">The minute's begin.</param>
public sealed record LoadMinuteView(
    DateTimeOffset Minute, int Open, int Summoned, int Signed, int Departed, int CheckedIn, int Reported, int Overdue, int Committed, int Queue);
