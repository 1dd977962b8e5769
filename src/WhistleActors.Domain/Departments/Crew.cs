using System.Collections.Immutable;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Departments;

/// <summary>People of a department who can be sent together (力量).</summary>
/// <param name="Size">How many people.</param>
/// <param name="PostedTo">The subdistrict that it is posted to (力量下沉); it belongs to its department all the same.</param>
/// <param name="Home">Where it sets out from, WGS-84; null where the pack does not say: then from its post, or from the seat of its district.</param>
public sealed record Crew(
    CrewCode Code, DepartmentCode Department, LocalizedText Name, int Size, SubdistrictCode? PostedTo = null, Vehicle Vehicle = Vehicle.Car, LonLat? Home = null)
{
    /// <summary>What it can do beyond what every crew of its department can; a duty may ask for one of them.</summary>
    public ImmutableArray<SkillCode> Skills { get; init; } = [];

    /// <summary>When it works, by the clock of the city; empty when always.</summary>
    public ImmutableArray<DutyHours> Hours { get; init; } = [];

    /// <summary>Who belongs to it, as far as the pack names them.</summary>
    public ImmutableArray<Officers.PersonId> Members { get; init; } = [];

    /// <summary>True when it is at work at a time of day.</summary>
    public bool Works(TimeOnly time) => Hours.IsEmpty || Hours.Any(hours => hours.Covers(time));
}

/// <summary>A part of each day in which a crew is at work.</summary>
/// <param name="To">Not part of it; earlier than <paramref name="From"/> when it lies on the next day.</param>
public readonly record struct DutyHours(TimeOnly From, TimeOnly To)
{
    /// <summary>True when the time lies in it; equal ends mean the whole day.</summary>
    public bool Covers(TimeOnly time) => From == To || time.IsBetween(From, To);
}
