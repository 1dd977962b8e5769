using System.Collections.Immutable;
using WhistleActors.Domain.Calendars;

namespace WhistleActors.Domain.Deadlines;

/// <summary>One clock as it was stamped when the whistle was blown.</summary>
/// <param name="Limit">The rule; a veto gives the rework a new time from it.</param>
/// <param name="Notices">When notice is given that the end comes near; null for none.</param>
public sealed record ClockPlan(Clock Clock, TimeLimit Limit, DateTimeOffset Due, ImmutableArray<Notice>? Notices = null);

/// <summary>The instant at which a part of a clock's time is over, measured in the clock's own unit.</summary>
public readonly record struct Notice(int Percent, DateTimeOffset At);

/// <summary>The clocks that run for some of a whistle's departments. Departments with the same limits share one, so that thirty departments cost little more than one.</summary>
/// <param name="Since">When all of them start: a limit counts from the whistle's sound.</param>
public sealed record ClockSchedule(DateTimeOffset Since, ImmutableArray<ClockPlan> Clocks)
{
    /// <summary>The plan of a clock; null when it does not run.</summary>
    public ClockPlan? Of(Clock clock)
    {
        foreach (var plan in Clocks)
        {
            if (plan.Clock == clock)
                return plan;
        }

        return null;
    }
}

/// <summary>A clock that no longer runs as it was stamped, because it was extended, suspended, or started again.</summary>
/// <param name="Since">From when on it runs.</param>
/// <param name="Due">When it runs out.</param>
/// <param name="Spent">What of it was used up before <paramref name="Since"/>, in its own unit's time; null for nothing.</param>
/// <param name="Notices">When notice is given that the end comes near; null for none.</param>
public sealed record ClockRun(DateTimeOffset Since, DateTimeOffset Due, TimeSpan? Spent = null, ImmutableArray<Notice>? Notices = null)
{
    /// <summary>A clock that starts now with a whole limit.</summary>
    public static ClockRun Start(WorkingCalendar calendar, TimeLimit limit, DateTimeOffset since, IReadOnlyList<int> percents)
    {
        var due = calendar.DueAt(since, limit);
        return new ClockRun(since, due, Notices: NoticesOf(calendar, limit.Unit, since, TimeSpan.Zero, due, percents, since));
    }

    /// <summary>The same clock with another end; notices that would lie before <paramref name="now"/> are not given any more.</summary>
    public ClockRun Until(WorkingCalendar calendar, TimeUnit unit, DateTimeOffset due, IReadOnlyList<int> percents, DateTimeOffset now) =>
        this with { Due = due, Notices = NoticesOf(calendar, unit, Since, Spent ?? TimeSpan.Zero, due, percents, now) };

    /// <summary>The same clock, standing still from one instant to another: exactly as much of it is left afterwards as before.</summary>
    public ClockRun Paused(WorkingCalendar calendar, TimeUnit unit, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<int> percents)
    {
        // A clock that only starts later, such as one given while the summons was suspended, has nothing used up.
        var used = from > Since ? calendar.Between(Since, from, unit) : TimeSpan.Zero;
        var spent = (Spent ?? TimeSpan.Zero) + used;
        var due = calendar.After(to, calendar.Between(Since > from ? Since : from, Due, unit), unit);
        return new ClockRun(to, due, spent == TimeSpan.Zero ? null : spent, NoticesOf(calendar, unit, to, spent, due, percents, to));
    }

    // In ticks, so that a part never comes out longer than the whole.
    private static ImmutableArray<Notice>? NoticesOf(
        WorkingCalendar calendar, TimeUnit unit, DateTimeOffset since, TimeSpan spent, DateTimeOffset due, IReadOnlyList<int> percents, DateTimeOffset now)
    {
        var whole = spent + calendar.Between(since, due, unit);
        var notices = percents
            .Select(percent => (Percent: percent, Left: TimeSpan.FromTicks(whole.Ticks / 100 * percent) - spent))
            .Where(part => part.Left > TimeSpan.Zero)
            .Select(part => new Notice(part.Percent, calendar.After(since, part.Left, unit)))
            .Where(notice => notice.At > now)
            .ToImmutableArray();
        return notices.IsEmpty ? null : notices;
    }
}
