using System.Collections.Frozen;
using WhistleActors.Domain.Deadlines;

namespace WhistleActors.Domain.Calendars;

/// <summary>The working time of a city: a weekly pattern, corrected by public holidays and swapped working days (调休).</summary>
/// <param name="Zone">The city's time zone.</param>
/// <param name="Hours">Working periods of a working day, in order, without overlap.</param>
/// <param name="WorkingWeekdays">The weekdays on which work is done by default.</param>
/// <param name="Exceptions">Days that differ from the weekly pattern: true = worked, false = free.</param>
public sealed record WorkingCalendar(
    TimeZoneInfo Zone,
    IReadOnlyList<(TimeOnly From, TimeOnly To)> Hours,
    FrozenSet<DayOfWeek> WorkingWeekdays,
    FrozenDictionary<DateOnly, bool> Exceptions)
{
    /// <summary>The calendar day in the city at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>True when work is done on that day.</summary>
    public bool IsWorkingDay(DateOnly day) => Exceptions.TryGetValue(day, out var worked) ? worked : WorkingWeekdays.Contains(day.DayOfWeek);

    /// <summary>The instant at which a limit that starts at <paramref name="start"/> is over.</summary>
    public DateTimeOffset DueAt(DateTimeOffset start, TimeLimit limit) => limit.Unit switch
    {
        TimeUnit.Minutes => start.AddMinutes(limit.Amount),
        TimeUnit.WorkingHours => AfterWorkingTime(start, TimeSpan.FromHours(limit.Amount)),
        TimeUnit.WorkingDays => EndOfWorkingDay(start, limit.Amount),
        _ => throw new ArgumentOutOfRangeException(nameof(limit), limit.Unit, "unknown unit"),
    };

    /// <summary>
    /// How much of a clock passes between two instants: minutes pass always, working hours and working days only in working time. Zero when
    /// <paramref name="to"/> is not after <paramref name="from"/>.
    /// </summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to, TimeUnit unit) =>
        to <= from ? TimeSpan.Zero : unit == TimeUnit.Minutes ? to - from : WorkingTimeBetween(from, to);

    /// <summary>The first instant at which so much of a clock has passed since <paramref name="start"/>; the counterpart of <see cref="Between"/>.</summary>
    public DateTimeOffset After(DateTimeOffset start, TimeSpan time, TimeUnit unit) =>
        time <= TimeSpan.Zero ? start : unit == TimeUnit.Minutes ? start + time : AfterWorkingTime(start, time);

    /// <summary>The instant at which a day begins in the city.</summary>
    public DateTimeOffset StartOf(DateOnly day) => Instant(day, TimeOnly.MinValue);

    /// <summary>The instant at which offices open on a day, or would if it were worked.</summary>
    public DateTimeOffset OpeningOf(DateOnly day) => Instant(day, Hours[0].From);

    private TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var passed = TimeSpan.Zero;
        var last = DayOf(to);
        for (var day = DayOf(from); day <= last; day = day.AddDays(1))
        {
            if (!IsWorkingDay(day))
                continue;
            foreach (var (opening, closing) in Hours)
            {
                var (opens, closes) = (Instant(day, opening), Instant(day, closing));
                var (begins, ends) = (opens < from ? from : opens, closes > to ? to : closes);
                if (ends > begins)
                    passed += ends - begins;
            }
        }

        return passed;
    }

    private DateTimeOffset AfterWorkingTime(DateTimeOffset start, TimeSpan remaining)
    {
        for (var day = DayOf(start); ; day = day.AddDays(1))
        {
            if (!IsWorkingDay(day))
                continue;
            foreach (var (from, to) in Hours)
            {
                var (opens, closes) = (Instant(day, from), Instant(day, to));
                if (closes <= start)
                    continue;
                var begins = opens < start ? start : opens;
                if (begins + remaining <= closes)
                    return begins + remaining;
                remaining -= closes - begins;
            }
        }
    }

    // The day of the start does not count: "within 3 working days" ends with the third working day after it (civil procedure's counting).
    private DateTimeOffset EndOfWorkingDay(DateTimeOffset start, int days)
    {
        var day = DayOf(start);
        while (days > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                days--;
        }

        return Instant(day, Hours[^1].To);
    }

    /// <summary>The instant of a time of day in the city.</summary>
    public DateTimeOffset InstantOf(DateOnly day, TimeOnly time) => Instant(day, time);

    /// <summary>The midnights in the city inside a span.</summary>
    public IEnumerable<DateTimeOffset> MidnightsWithin(DateTimeOffset from, DateTimeOffset to)
    {
        for (var day = DayOf(from).AddDays(1); Instant(day, TimeOnly.MinValue) is var midnight && midnight < to; day = day.AddDays(1))
            yield return midnight;
    }

    private DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);

        // An hour that daylight saving skips does not exist: its first existing successor stands for it.
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
