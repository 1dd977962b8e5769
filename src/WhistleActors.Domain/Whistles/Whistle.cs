using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Rules;

namespace WhistleActors.Domain.Whistles;

/// <summary>One incident in one grid that summons departments (哨).</summary>
/// <param name="Version">Counts its events.</param>
/// <param name="PackVersion">The city pack that it was blown under, and whose time limits are stamped on its summonses.</param>
/// <param name="Round">一次、二次、三次哨.</param>
/// <param name="ChangedProposal">Why others were summoned than the duty list proposes; null when the proposal was taken.</param>
/// <param name="Consultation">Conferences and the action plan; null while nobody conferred.</param>
/// <param name="PastRounds">What came before the present round, in short; null in the first.</param>
/// <param name="Schedules">The clocks as they were stamped, shared by departments with the same limits; null when it was blown before there were six clocks.</param>
/// <param name="Blowing">How it came to sound, where there is more to say.</param>
/// <param name="Dossier">Null while nothing was recorded or noted.</param>
public sealed record Whistle(
    WhistleId Id,
    long Version,
    SubdistrictCode Subdistrict,
    DistrictCode District,
    MatterCode Matter,
    WhistleOccasion Occasion,
    WhistleLevel Level,
    WhistleChain Chain,
    int Round,
    string Description,
    LonLat? Place,
    string PackVersion,
    string? ChangedProposal,
    DateTimeOffset BlownAt,
    Officer BlownBy,
    ImmutableArray<Summons> Summonses,
    Ending? Ending,
    ImmutableArray<ClockSchedule>? Schedules = null,
    Dossier? Dossier = null,
    Consultation? Consultation = null,
    PastRounds? PastRounds = null,
    Blowing? Blowing = null)
{
    /// <summary>Who blew it: the grid's subdistrict, or a department.</summary>
    public OrganisationCode Initiator => Blowing?.Initiator ?? OrganisationCode.Parse(Subdistrict.Text);

    /// <summary>True when a department blew it.</summary>
    public bool IsOfDepartment => Blowing?.Initiator is not null;

    /// <summary>True for an exercise, which counts in no total and no score.</summary>
    public bool IsExercise => Blowing is { Exercise: true };

    /// <summary>False while it waits for the approval without which nobody hears it, and for ever when it did not get it.</summary>
    public bool HasSounded => Blowing?.Approval?.Draft is null;

    /// <summary>Where it is in its life.</summary>
    public WhistleStage Stage => Ending?.Stage ?? (HasSounded ? WhistleStage.Open : WhistleStage.Proposed);

    /// <summary>When the present round was blown.</summary>
    public DateTimeOffset RoundAt => PastRounds is { Rounds: [.., var last] } ? last.At : BlownAt;

    /// <summary>True while it is closed, but a ledger entry of it is not done: the grid keeps it, since it may come back.</summary>
    public bool AwaitsLedger => Stage == WhistleStage.Closed && Summonses.Any(summons => summons.Ledger is { IsOpen: true });

    /// <summary>True when nothing will happen to it any more.</summary>
    public bool IsOver => Ending is not null && !AwaitsLedger;

    /// <summary>When time will next do something to it, such as let a clock run out; null when it will not.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var expiry in TimeRules.Awaited(this))
                next = next < expiry.Due ? next : expiry.Due;
            return next;
        }
    }

    /// <summary>The summons of a department; null when it was not summoned.</summary>
    public Summons? SummonsOf(DepartmentCode department) => Summonses.FirstOrDefault(summons => summons.Department == department);

    /// <summary>True when that party is summoned as a subdistrict.</summary>
    public bool SummonsSubdistrict(DepartmentCode party) => Blowing is { } blowing && blowing.Subdistricts.Contains(party);

    /// <summary>True when the subdistrict was asked to blow it together, and has joined.</summary>
    public bool HasJoined(SubdistrictCode subdistrict) =>
        Blowing is { } blowing && blowing.Joint.Any(other => other.Subdistrict == subdistrict && other.Joined is not null);
}

/// <summary>How and when a whistle ended.</summary>
/// <param name="Stage">Closed, withdrawn, voided, merged or rejected.</param>
/// <param name="Reason">Why it was withdrawn or voided, or the closing note.</param>
public sealed record Ending(WhistleStage Stage, DateTimeOffset At, Officer By, string? Reason);
