using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What the clocks of a summons are after an event.</summary>
internal static class ClockFold
{
    internal static Summons Apply(Summons summons, SummonsEvent happened)
    {
        var clocks = summons.Clocks ?? new SummonsClocks(Schedule: null);
        var (at, by) = (happened.At, happened.By);
        return happened switch
        {
            InitiatorContacted contacted => summons with { Clocks = clocks with { Contact = new Contact(at, by!, contacted.Late, contacted.Note) } },
            MeasureRecorded taken => summons with
            {
                Clocks = clocks with { Measures = (clocks.Measures ?? []).Add(new Measure(at, by!, taken.Late, taken.Text, taken.Document)) },
            },
            ReportFiled filed => summons with { Clocks = clocks with { Report = new WrittenReport(at, by!, filed.Late, filed.Text) } },
            DeadlineNear near => summons with { Clocks = clocks.WithMark(MarkOf(clocks, near.Clock) with { Noticed = near.Percent }) },
            DeadlinePassed passed => summons with { Clocks = clocks.WithMark(MarkOf(clocks, passed.Clock) with { PassedAt = at }) },
            ExtensionRequested asked => summons with
            {
                Clocks = clocks with
                {
                    Extensions = (clocks.Extensions ?? []).Add(new Extension(asked.Clock, at, by!, asked.Due, asked.Until, asked.Reason)),
                },
            },
            ExtensionApproved approved => Moved(Decided(summons, new ClockDecision(at, by!, Approved: true, Reason: null)), approved.Clock, approved.Run),
            ExtensionRefused refused => Decided(summons, new ClockDecision(at, by!, Approved: false, refused.Reason)),
            SuspensionRequested asked => summons with
            {
                Clocks = clocks with { Suspensions = (clocks.Suspensions ?? []).Add(new Suspension(at, by!, asked.Until, asked.Reason)) },
            },
            SuspensionApproved approved => Moved(
                Suspended(summons, last => last with { Decision = new ClockDecision(at, by!, Approved: true, Reason: null), EndsAt = approved.EndsAt }),
                approved.Clocks),
            SuspensionRefused refused => Suspended(summons, last => last with { Decision = new ClockDecision(at, by!, Approved: false, refused.Reason) }),
            SuspensionEnded ended => Moved(Suspended(summons, last => last with { EndedAt = at, EndedBy = by }), ended.Clocks ?? []),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
        };
    }

    /// <summary>The summons after a veto: disposal starts again.</summary>
    internal static Summons Reworked(Summons summons, ClockRun? rework) => rework is null ? summons : Moved(summons, Clock.Disposal, rework);

    private static ClockMark MarkOf(SummonsClocks clocks, Clock clock) => clocks.MarkOf(clock) ?? new ClockMark(clock);

    private static Summons Moved(Summons summons, ImmutableArray<MovedClock> clocks) =>
        clocks.Aggregate(summons, (moved, clock) => Moved(moved, clock.Clock, clock.Run));

    // A clock that was moved runs again: that it ran out before, or gave notice, is told by the events.
    private static Summons Moved(Summons summons, Clock clock, ClockRun run)
    {
        var moved = summons with { Clocks = (summons.Clocks ?? new SummonsClocks(Schedule: null)).WithMark(new ClockMark(clock, run)) };
        return clock switch
        {
            Clock.Sign => moved with { SignBy = run.Due, SignOverdueAt = null },
            Clock.CheckIn => moved with { CheckInBy = run.Due, CheckInOverdueAt = null },
            _ => moved,
        };
    }

    private static Summons Decided(Summons summons, ClockDecision decision)
    {
        var extensions = summons.Clocks!.Extensions!.Value;
        return summons with { Clocks = summons.Clocks with { Extensions = extensions.SetItem(extensions.Length - 1, extensions[^1] with { Decision = decision }) } };
    }

    private static Summons Suspended(Summons summons, Func<Suspension, Suspension> change)
    {
        var suspensions = summons.Clocks!.Suspensions!.Value;
        return summons with { Clocks = summons.Clocks with { Suspensions = suspensions.SetItem(suspensions.Length - 1, change(suspensions[^1])) } };
    }
}
