using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What a summons is after one of its events.</summary>
internal static class SummonsFold
{
    internal static Summons Stamped(StampedSummons summons) =>
        new(summons.Department, summons.Role, summons.SignBy, summons.CheckInBy, null, null, null, null, [], null, null, null);

    /// <summary>Summoned once more, with fresh clocks. A crew that stands on the spot stays there: it only owes a new result.</summary>
    internal static Summons Again(Summons summons, StampedSummons again) => summons.CrewPresent
        ? summons with { Role = again.Role, Outcome = null, Vetoes = [] }
        : summons with
        {
            Role = again.Role,
            SignBy = again.SignBy,
            CheckInBy = again.CheckInBy,
            Signature = null,
            Departure = null,
            CheckIn = null,
            Outcome = null,
            Vetoes = [],
            Release = null,
            SignOverdueAt = null,
            CheckInOverdueAt = null,
        };

    internal static Summons Apply(Summons summons, SummonsEvent happened)
    {
        var (at, by) = (happened.At, happened.By!);
        return happened switch
        {
            SummonsSigned signed => summons with { Signature = new Signature(at, by, signed.Late) },
            CrewDeparted departed => summons with { Departure = new Departure(at, by, departed.Crew, departed.ArrivesAt) },
            CrewCheckedIn arrived => summons with { CheckIn = new CheckIn(at, by, arrived.Late, arrived.Crew, arrived.Headcount, arrived.Presence) },
            DeadlinePassed { Clock: Clock.Sign } => summons with { SignOverdueAt = at },
            DeadlinePassed { Clock: Clock.CheckIn } => summons with { CheckInOverdueAt = at },
            OutcomeReported reported => summons with { Outcome = new Outcome(at, by, reported.Kind, reported.Note, reported.Ledger, Acceptance: null, reported.Evidence) },
            OutcomeAccepted => summons with { Outcome = summons.Outcome! with { Acceptance = new Acceptance(at, by) } },
            OutcomeVetoed vetoed => summons with { Outcome = null, Vetoes = summons.Vetoes.Add(new Veto(at, by, vetoed.Reason, summons.Outcome!)) },
            DepartmentReleased released => summons with { Release = new Release(at, by, released.Reason) },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
        };
    }
}
