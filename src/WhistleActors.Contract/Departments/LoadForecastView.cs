namespace WhistleActors.Contract.Departments;

/// <summary>
/// Where the load of a department or a district tends to: the open summonses if the last half hour goes on; a trend, not a promise. And how many crews are at
/// work for it, which changes with the hour. Told once a minute where it changed, else every ten minutes, in whole summonses.
/// </summary>
/// <param name="Organisation">The code of the department or the district.</param>
/// <param name="Version">The minute that the trend ends with, counted since 1970. A higher version supersedes a lower one.</param>
/// <param name="OpenIn30Minutes">The open summonses in half an hour.</param>
/// <param name="OpenIn60Minutes">The same in an hour.</param>
/// <param name="CrewsAtWork">Crews on shift or ordered to work, its own without those that it lent and those that it borrowed.</param>
public sealed record LoadForecastView(string Organisation, long Version, int OpenIn30Minutes, int OpenIn60Minutes, int CrewsAtWork = 0);
