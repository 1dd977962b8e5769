using System.Collections.Immutable;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What a whistle is after an event of its sounding, and what its grid remembers of it.</summary>
internal static class BlowingFold
{
    internal static Blowing? Begin(BlownAs? special) => special is null ? null : Blowing.Plain with
    {
        Initiator = special.Initiator,
        Backstop = special.Backstop,
        Exercise = special.Exercise,
        Subdistricts = special.Subdistricts,
        Repeat = special.Repeat,
        Joint = special.Joint,
        Approval = special.Approver is { } approver ? new Approval(approver, null, null, special.ApproveBy, null, null, null) : null,
    };

    internal static Whistle Proposed(Whistle whistle, WhistleProposed proposed) => whistle with
    {
        Blowing = whistle.Blowing! with
        {
            Approval = whistle.Blowing.Approval! with { ProposedAt = proposed.At, Draft = proposed.Proposal.Summonses },
        },
    };

    /// <summary>The whistle after an event of its sounding; null when it is none.</summary>
    internal static Whistle? Apply(Whistle whistle, GridEvent happened)
    {
        var (at, by, blowing) = (happened.At, happened.By!, whistle.Blowing ?? Blowing.Plain);
        return happened switch
        {
            WhistleApproved approved => Sound(whistle, approved) with
            {
                Blowing = blowing with { Approval = blowing.Approval! with { Draft = null, Approved = new Consent(at, by, approved.Late) } },
            },
            WhistleRejected rejected => whistle with
            {
                Ending = whistle.HasSounded ? whistle.Ending : new Ending(WhistleStage.Rejected, at, by, rejected.Reason),
                Blowing = blowing with { Approval = blowing.Approval! with { Rejected = new Objection(at, by, rejected.Reason) } },
            },
            ApprovalMissed => whistle with { Blowing = blowing with { Approval = blowing.Approval! with { MissedAt = at } } },
            WhistleJoined joined => whistle with
            {
                Blowing = blowing with
                {
                    Joint = [.. blowing.Joint.Select(other => other.Subdistrict == joined.Subdistrict
                        ? other with { Joined = new Consent(at, by, Late: false), Declined = null }
                        : other)],
                },
            },
            WhistleDeclined declined => whistle with
            {
                Blowing = blowing with
                {
                    Joint = [.. blowing.Joint.Select(other => other.Subdistrict == declined.Subdistrict
                        ? other with { Declined = new Objection(at, by, declined.Reason) }
                        : other)],
                },
            },
            ReportAdded added => whistle with
            {
                Blowing = blowing with
                {
                    ReportCount = blowing.ReportCount + 1,
                    LatestReports = [.. blowing.LatestReports.TakeLast(Blowing.MostReportsKept - 1), new AddedReport(at, by, added.Description, added.Place)],
                },
            },
            WhistleTookIn took => whistle with { Blowing = blowing with { Merged = blowing.Merged.Add(took.From) } },
            WhistleMerged merged => whistle with
            {
                Ending = new Ending(WhistleStage.Merged, at, by, merged.Reason),
                Blowing = blowing with { MergedInto = merged.Into },
            },
            _ => null,
        };
    }

    // What was blown by mistake, or as an exercise, is nothing that can come again.
    internal static ImmutableArray<RememberedWhistle>? Remember(ImmutableArray<RememberedWhistle>? past, Whistle whistle, GridEvent happened)
    {
        var known = past ?? [];
        switch (happened)
        {
            case WhistleBlown or WhistleApproved { Summonses: not null } when !whistle.IsExercise:
                var horizon = happened.At - GridState.LongestMemory;
                return
                [
                    .. known.Where(one => one.BlownAt >= horizon).TakeLast(GridState.MostPast - 1),
                    new RememberedWhistle(whistle.Id, whistle.Matter, whistle.Place, happened.At),
                ];
            case WhistleWithdrawn or WhistleVoided or WhistleMerged when known.Any(one => one.Whistle == whistle.Id):
                return known.RemoveAll(one => one.Whistle == whistle.Id);
            default:
                return past;
        }
    }

    // It sounds at the approval: nobody heard it before, so no clock can have run.
    private static Whistle Sound(Whistle whistle, WhistleApproved approved) => approved.Summonses is { } stamped
        ? whistle with { BlownAt = approved.At, Summonses = [.. stamped.Select(SummonsFold.Begin)], Schedules = approved.Schedules }
        : whistle;
}
