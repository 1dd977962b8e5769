using System.Collections.Frozen;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.CityPacks;

/// <summary>What a city allows before a whistle sounds. Cities differ in this more than in anything else (DOMAIN 3.2, 3.7).</summary>
/// <param name="Directions">Who may whistle for whom.</param>
/// <param name="Starters">Which roles may start a level; a level that is not named may be started by whoever may whistle at all.</param>
/// <param name="Approvals">Which levels need an approval.</param>
/// <param name="Repeat">What counts as a repeat at the same place.</param>
public sealed record BlowingPolicy(
    FrozenSet<WhistleDirection> Directions,
    FrozenDictionary<WhistleLevel, FrozenSet<Role>> Starters,
    FrozenDictionary<WhistleLevel, ApprovalRule> Approvals,
    RepeatRule Repeat)
{
    /// <summary>Only subdistricts whistle, at any level, without approval.</summary>
    public static BlowingPolicy Default { get; } = new(
        new[] { WhistleDirection.SubdistrictToDepartments }.ToFrozenSet(),
        FrozenDictionary<WhistleLevel, FrozenSet<Role>>.Empty,
        FrozenDictionary<WhistleLevel, ApprovalRule>.Empty,
        new RepeatRule(30, 100));

    /// <summary>True when departments may whistle at all.</summary>
    public bool DepartmentsMay =>
        Directions.Contains(WhistleDirection.DepartmentToDepartments) || Directions.Contains(WhistleDirection.DepartmentToSubdistricts);
}

/// <summary>Who approves a whistle. The command centre of the district may always do it in place of the subdistrict's leader.</summary>
/// <param name="By"><see cref="Role.SubdistrictLeader"/> or <see cref="Role.Commander"/>.</param>
/// <param name="Within">The whistle sounds first and is approved after, within this time; null when it waits for the approval.</param>
public sealed record ApprovalRule(Role By, TimeSpan? Within);

/// <summary>What counts as a repeat: the same matter, within so many days and so many metres.</summary>
public sealed record RepeatRule(int Days, double Metres);
