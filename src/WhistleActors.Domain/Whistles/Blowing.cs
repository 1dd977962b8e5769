using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>How a whistle came to sound, where that is more than its subdistrict blowing it. Null on a whistle of which there is no more to say.</summary>
/// <param name="Initiator">The department that blew it; null when the grid's subdistrict did.</param>
/// <param name="Backstop">True when the duty list named no lead and the command centre stands in for it.</param>
/// <param name="Exercise">True for an exercise (演练).</param>
/// <param name="Subdistricts">Of those summoned, the subdistricts.</param>
/// <param name="Approval">What became of the approval that its level needs.</param>
/// <param name="Joint">The other grids that it was blown for together, and whether their subdistricts joined.</param>
/// <param name="ReportCount">How many reports were added.</param>
/// <param name="LatestReports">The newest <see cref="MostReportsKept"/> of them; the journal has all.</param>
/// <param name="Merged">Whistles of the same grid that were merged into this one.</param>
/// <param name="MergedInto">The whistle that this one was merged into.</param>
public sealed record Blowing(
    OrganisationCode? Initiator,
    bool Backstop,
    bool Exercise,
    ImmutableArray<DepartmentCode> Subdistricts,
    Repeat? Repeat,
    Approval? Approval,
    ImmutableArray<CoInitiator> Joint,
    int ReportCount,
    ImmutableArray<AddedReport> LatestReports,
    ImmutableArray<WhistleId> Merged,
    WhistleId? MergedInto)
{
    /// <summary>How many reports a whistle shows: the state of a whistle stays small however many people call.</summary>
    public const int MostReportsKept = 10;

    /// <summary>A whistle of a subdistrict, with nothing special about it.</summary>
    internal static Blowing Plain { get; } = new(null, false, false, [], null, null, [], 0, [], [], null);
}

/// <summary>Whether a whistle that needs an approval has it.</summary>
/// <param name="By">Who is to decide, as the pack said when it was blown.</param>
/// <param name="ProposedAt">When it was proposed; null when it sounded first.</param>
/// <param name="Draft">Whom it will summon, without clocks, for as long as it has not sounded.</param>
/// <param name="Due">By when a whistle that sounded first is to be approved.</param>
/// <param name="MissedAt">When it was recorded that this time ran out.</param>
public sealed record Approval(
    Role By,
    DateTimeOffset? ProposedAt,
    ImmutableArray<StampedSummons>? Draft,
    DateTimeOffset? Due,
    Consent? Approved,
    Objection? Rejected,
    DateTimeOffset? MissedAt)
{
    /// <summary>True until somebody decided.</summary>
    public bool IsAwaited => Approved is null && Rejected is null;
}

/// <summary>A yes.</summary>
/// <param name="Late">True when it came after its time.</param>
public sealed record Consent(DateTimeOffset At, Officer By, bool Late);

/// <summary>A no.</summary>
public sealed record Objection(DateTimeOffset At, Officer By, string Reason);

/// <summary>Another grid that a whistle was blown for together (联合吹哨), with the subdistrict that is asked to join.</summary>
public sealed record CoInitiator(GridCode Grid, SubdistrictCode Subdistrict, DistrictCode District, Consent? Joined, Objection? Declined);

/// <summary>A report of the same thing, added instead of a second whistle.</summary>
public sealed record AddedReport(DateTimeOffset At, Officer By, string Description, LonLat? Place);

/// <summary>The mark of a whistle that was blown before at the same place for the same matter.</summary>
/// <param name="Count">How many there were before, within the pack's days and metres.</param>
/// <param name="Previous">The last of them.</param>
public sealed record Repeat(int Count, WhistleId Previous);

/// <summary>What a grid remembers of a whistle, to recognise its repeat.</summary>
public sealed record RememberedWhistle(WhistleId Whistle, Matters.MatterCode Matter, LonLat? Place, DateTimeOffset BlownAt);
