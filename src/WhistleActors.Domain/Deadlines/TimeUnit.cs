namespace WhistleActors.Domain.Deadlines;

/// <summary>In what a time limit is counted. Cities count the same duty differently (DOMAIN 3.6, 5.7).</summary>
public enum TimeUnit
{
    /// <summary>Wall-clock minutes.</summary>
    Minutes,

    /// <summary>工作时: hours inside working time.</summary>
    WorkingHours,

    /// <summary>工作日: working days; due at the end of working time of the last one.</summary>
    WorkingDays,
}
