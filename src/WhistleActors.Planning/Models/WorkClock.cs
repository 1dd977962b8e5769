using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.Deadlines;

namespace WhistleActors.Planning.Models;

/// <summary>
/// The pack's calendar laid out in ticks from the plan's first midnight, because the calendar itself asks the time zone at each question. It answers
/// exactly as <see cref="WorkingCalendar.DueAt"/> does, and asks it where the layout ends.
/// </summary>
internal sealed class WorkClock
{
    private readonly WorkingCalendar calendar;
    private readonly long[] midnights;
    private readonly long[] opens;
    private readonly long[] closes;
    private readonly long[] ends;

    internal WorkClock(WorkingCalendar calendar, DateOnly first, int days)
    {
        this.calendar = calendar;
        Epoch = calendar.StartOf(first).ToUniversalTime();
        midnights = [.. Enumerable.Range(0, days + 1).Select(day => Ticks(calendar.StartOf(first.AddDays(day))))];
        var worked = Enumerable.Range(0, days).Select(first.AddDays).Where(calendar.IsWorkingDay).ToList();
        var periods = worked.SelectMany(day => calendar.Hours.Select(hours => (Opens: Ticks(calendar.InstantOf(day, hours.From)), Closes: Ticks(calendar.InstantOf(day, hours.To))))).ToList();
        (opens, closes) = ([.. periods.Select(period => period.Opens)], [.. periods.Select(period => period.Closes)]);
        ends = [.. worked.Select(day => Ticks(calendar.InstantOf(day, calendar.Hours[^1].To)))];
        WorkedDays = [.. worked.Select(day => day.DayNumber - first.DayNumber)];
    }

    /// <summary>The plan's first midnight in the city.</summary>
    internal DateTimeOffset Epoch { get; }

    private int[] WorkedDays { get; }

    /// <summary>The start of a day, in ticks.</summary>
    internal long Midnight(int day) => midnights[day];

    /// <summary>The day of an instant; days that the layout does not reach count as its last.</summary>
    internal int DayOf(long at)
    {
        var day = Array.BinarySearch(midnights, at);
        return Math.Min(day >= 0 ? day : ~day - 1, midnights.Length - 2);
    }

    internal long DueAt(long start, TimeLimit limit) => limit.Unit switch
    {
        TimeUnit.Minutes => start + (limit.Amount * TimeSpan.TicksPerMinute),
        TimeUnit.WorkingHours => AfterWorkingTime(start, limit),
        _ => EndOfWorkingDay(start, limit),
    };

    private long AfterWorkingTime(long start, TimeLimit limit)
    {
        var remaining = limit.Amount * TimeSpan.TicksPerHour;
        var place = Array.BinarySearch(closes, start);
        for (var i = place >= 0 ? place + 1 : ~place; i < closes.Length; i++)
        {
            var begins = Math.Max(opens[i], start);
            if (begins + remaining <= closes[i])
                return begins + remaining;
            remaining -= closes[i] - begins;
        }

        return Asked(start, limit);
    }

    private long EndOfWorkingDay(long start, TimeLimit limit)
    {
        var place = Array.BinarySearch(WorkedDays, DayOf(start));
        var due = (place >= 0 ? place : ~place - 1) + limit.Amount;
        return due < ends.Length ? ends[due] : Asked(start, limit);
    }

    private long Asked(long start, TimeLimit limit) => Ticks(calendar.DueAt(Epoch.AddTicks(start), limit));

    private long Ticks(DateTimeOffset instant) => (instant - Epoch).Ticks;
}
