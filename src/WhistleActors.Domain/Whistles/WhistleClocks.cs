using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Matters;

namespace WhistleActors.Domain.Whistles;

/// <summary>How the clocks of a summons stand: what was stamped, what moved it, and what answered it.</summary>
public static class WhistleClocks
{
    /// <summary>The clocks that the summons has, in the order of life, answered ones too.</summary>
    public static IEnumerable<ClockStanding> ClocksOf(this Whistle whistle, Summons summons)
    {
        if (summons.Role == DutyRole.Notified)
            yield break;
        var schedule = whistle.ScheduleOf(summons);
        foreach (var clock in Clocks.InOrder)
        {
            var (plan, mark) = (schedule?.Of(clock), summons.Clocks?.MarkOf(clock));
            var due = clock switch
            {
                Clock.Sign => summons.SignBy,
                Clock.CheckIn => summons.CheckInBy,
                _ => mark?.Run?.Due ?? plan?.Due,
            };
            if (due is { } end)
            {
                yield return new ClockStanding(
                    clock,
                    plan,
                    mark?.Run ?? new ClockRun(schedule?.Since ?? whistle.BlownAt, end, Notices: plan?.Notices),
                    mark?.Noticed,
                    summons.PassedAt(clock),
                    summons.HasAnswered(clock),
                    summons.IsBoundTo(clock));
            }
        }
    }

    /// <summary>How one clock stands; null when the summons does not have it.</summary>
    public static ClockStanding? ClockOf(this Whistle whistle, Summons summons, Clock clock)
    {
        foreach (var standing in whistle.ClocksOf(summons))
        {
            if (standing.Clock == clock)
                return standing;
        }

        return null;
    }

    /// <summary>True when the city wants a written report of the department and does not have it.</summary>
    public static bool OwesReport(this Whistle whistle, Summons summons) =>
        whistle.ClockOf(summons, Clock.Report) is { Answered: false, Binds: true };

    /// <summary>Since when a summons waits to be answered: a new round asks anew, and who was summoned in its course has its own beginning.</summary>
    public static DateTimeOffset AskedAt(this Whistle whistle, Summons summons) =>
        whistle.ScheduleOf(summons)?.Since is { } stamped && stamped > whistle.RoundAt ? stamped : whistle.RoundAt;

    internal static ClockSchedule? ScheduleOf(this Whistle whistle, Summons summons) =>
        summons.Clocks?.Schedule is { } index && whistle.Schedules is { } schedules ? schedules[index] : null;
}

/// <summary>How one clock of a summons stands.</summary>
/// <param name="Plan">What was stamped; null on a whistle that was blown before limits were stamped with their units.</param>
/// <param name="Run">How it runs.</param>
/// <param name="Noticed">The highest part of its time, in per cent, of whose passing notice was given.</param>
/// <param name="PassedAt">When it was recorded that it ran out.</param>
/// <param name="Answered">True once the department did what it asks for.</param>
/// <param name="Binds">True while the department still owes it.</param>
public sealed record ClockStanding(Clock Clock, ClockPlan? Plan, ClockRun Run, int? Noticed, DateTimeOffset? PassedAt, bool Answered, bool Binds)
{
    /// <summary>True while its end lies ahead, or has not been recorded yet.</summary>
    public bool Runs => Binds && !Answered && PassedAt is null;

    /// <summary>In what it counts. What was stamped without a unit counts by the clock on the wall.</summary>
    public TimeUnit Unit => Plan?.Limit.Unit ?? TimeUnit.Minutes;

    /// <summary>The parts of its time at which it gives notice, as stamped.</summary>
    internal IReadOnlyList<int> Percents => [.. (Plan?.Notices ?? []).Select(notice => notice.Percent)];
}
