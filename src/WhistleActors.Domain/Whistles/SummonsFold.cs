using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What a summons is after one of its events.</summary>
internal static class SummonsFold
{
    /// <summary>A summons as it was stamped.</summary>
    internal static Summons Begin(StampedSummons stamped) =>
        new(stamped.Department, stamped.Role, stamped.SignBy, stamped.CheckInBy, null, null, null, null, [], null, null, null,
            Clocks: stamped.Schedule is { } schedule ? new SummonsClocks(schedule) : null);

    /// <summary>
    /// Summoned once more, with fresh clocks; a ledger entry that still ran ends, since the round takes it up. A crew that stands on the spot stays
    /// there: it only owes a new result. What is not ruled yet stays to be ruled.
    /// </summary>
    internal static Summons Again(Summons summons, StampedSummons again)
    {
        var fresh = Begin(again) with { Dispute = summons.Dispute is { IsOpen: true } open ? open : null, InPlaceOf = summons.InPlaceOf };
        return !summons.CrewPresent ? fresh : fresh with
        {
            Signature = summons.Signature,
            Departure = summons.Departure,
            CheckIn = summons.CheckIn,
            Attendance = summons.Attendance,
        };
    }

    internal static Summons Apply(Summons summons, SummonsEvent happened)
    {
        var (at, by) = (happened.At, happened.By!);
        return happened switch
        {
            SummonsSigned signed => summons with { Signature = new Signature(at, by, signed.Late) },
            CrewDeparted departed => summons with { Departure = new Departure(at, by, departed.Crew, departed.ArrivesAt) },
            CrewRecalled => summons with { Departure = null, Recalls = (summons.Recalls ?? 0) + 1 },
            CrewCheckedIn arrived => summons with
            {
                CheckIn = new CheckIn(at, by, arrived.Late, arrived.Crew, arrived.Headcount, arrived.Presence, arrived.Persons, arrived.PostedTo),
            },
            CrewJoined joined => AttendanceFold.Join(summons, joined),
            CrewLeft left => AttendanceFold.Change(summons, left.CheckIn, checkIn => checkIn with { Left = new Leaving(at, by, left.Unreleased, left.Reason) }),
            CrewReleased released => AttendanceFold.Change(summons, released.CheckIn, checkIn => checkIn with { Released = new Release(at, by, released.Reason) }),
            SummonsDisputed disputed => summons with { Dispute = new Dispute(at, by, disputed.Round, disputed.Reason, disputed.Instead) },
            DisputeRuled ruled => DisputeFold.Rule(summons, ruled),
            DeadlinePassed { Clock: Clock.Sign } => summons with { SignOverdueAt = at },
            DeadlinePassed { Clock: Clock.CheckIn } => summons with { CheckInOverdueAt = at },
            OutcomeReported reported => summons with { Outcome = new Outcome(at, by, reported.Kind, reported.Note, reported.Ledger, Acceptance: null, reported.Evidence) },
            DeadlinePassed or DeadlineNear or InitiatorContacted or MeasureRecorded or ReportFiled => ClockFold.Apply(summons, happened),
            ExtensionRequested or ExtensionApproved or ExtensionRefused => ClockFold.Apply(summons, happened),
            SuspensionRequested or SuspensionApproved or SuspensionRefused or SuspensionEnded => ClockFold.Apply(summons, happened),
            LedgerReminded or MilestoneReached or LedgerCompleted or LedgerConfirmed or LedgerRefused or LedgerReturned => LedgerFold.Apply(summons, happened),
            LedgerExtensionRequested or LedgerExtensionApproved or LedgerExtensionRefused => LedgerFold.Apply(summons, happened),
            OutcomeAccepted accepted => LedgerFold.Accepted(
                summons with { Outcome = summons.Outcome! with { Acceptance = new Acceptance(at, by) } }, accepted.Plan),
            OutcomeVetoed vetoed => ClockFold.Reworked(
                summons with { Outcome = null, Vetoes = summons.Vetoes.Add(new Veto(at, by, vetoed.Reason, summons.Outcome!)) }, vetoed.Rework),
            DepartmentReleased released => LedgerFold.Released(summons with { Release = new Release(at, by, released.Reason) }, at),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
        };
    }
}
