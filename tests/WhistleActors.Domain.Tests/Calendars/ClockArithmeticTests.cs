using System.Collections.Frozen;
using CsCheck;
using Shouldly;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.Deadlines;
using Xunit;

namespace WhistleActors.Domain.Tests.Calendars;

/// <summary>
/// What must hold of every clock, whatever the calendar: across midnight, weekends, holidays, swapped working days, leap days, and both jumps of
/// daylight saving, in zones that have them by day, by night and by half an hour.
/// </summary>
public sealed class ClockArithmeticTests
{
    // Working at night too: so that working time lies across midnight's and daylight saving's jumps.
    private static readonly WorkingCalendar[] Calendars =
    [
        Of("Asia/Shanghai", (9, 12), (13, 18)),
        Of("America/New_York", (0, 5), (9, 17)),
        Of("America/Santiago", (0, 4), (20, 23)),
        Of("Australia/Lord_Howe", (0, 12)),
        Of("Europe/Berlin", (1, 4), (8, 16)),
    ];

    private static readonly Gen<WorkingCalendar> AnyCalendar = Gen.Int[0, Calendars.Length - 1].Select(index => Calendars[index]);

    // Two leap years and two others, to the tick.
    private static readonly Gen<DateTimeOffset> AnyInstant =
        Gen.Long[0, TimeSpan.FromDays(4 * 365).Ticks].Select(ticks => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks));

    private static readonly Gen<TimeUnit> AnyUnit = Gen.Enum<TimeUnit>();

    private static readonly Gen<TimeSpan> AnyTime = Gen.Long[1, TimeSpan.FromHours(300).Ticks].Select(TimeSpan.FromTicks);

    private static readonly int[] Percents = [50, 80];

    // Each Saturday of a month's first week is worked for the Monday after it, and every 29 February is free.
    private static WorkingCalendar Of(string zone, params (int From, int To)[] hours) => new(
        TimeZoneInfo.FindSystemTimeZoneById(zone),
        [.. hours.Select(period => (new TimeOnly(period.From, 0), new TimeOnly(period.To, 0)))],
        new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.ToFrozenSet(),
        Enumerable.Range(0, 5 * 366).Select(day => new DateOnly(2025, 12, 1).AddDays(day))
            .Where(day => day is { Month: 2, Day: 29 } || (day.DayOfWeek == DayOfWeek.Saturday && day.Day <= 7) || (day.DayOfWeek == DayOfWeek.Monday && day.Day is > 2 and <= 9))
            .ToFrozenDictionary(day => day, day => day.DayOfWeek == DayOfWeek.Saturday && day is not { Month: 2, Day: 29 }));

    [Fact]
    public void As_much_time_passes_until_an_instant_as_it_was_said_to_lie_ahead() =>
        Gen.Select(AnyCalendar, AnyInstant, AnyTime, AnyUnit).Sample((calendar, start, time, unit) =>
            calendar.Between(start, calendar.After(start, time, unit), unit).ShouldBe(time));

    [Fact]
    public void An_instant_is_the_first_at_which_so_much_has_passed() =>
        Gen.Select(AnyCalendar, AnyInstant, AnyTime, AnyUnit).Sample((calendar, start, time, unit) =>
            calendar.Between(start, calendar.After(start, time, unit).AddTicks(-1), unit).ShouldBeLessThan(time));

    [Fact]
    public void Time_adds_up_over_any_instant_in_between() =>
        Gen.Select(AnyCalendar, AnyInstant, AnyTime, AnyTime, AnyUnit).Sample((calendar, start, first, second, unit) =>
        {
            var (middle, end) = (start + first, start + first + second);
            (calendar.Between(start, middle, unit) + calendar.Between(middle, end, unit)).ShouldBe(calendar.Between(start, end, unit));
        });

    [Fact]
    public void A_later_start_and_a_larger_amount_are_never_due_earlier() =>
        Gen.Select(AnyCalendar, AnyInstant, AnyTime, Gen.Int[1, 40], AnyUnit).Sample((calendar, start, later, amount, unit) =>
        {
            var due = calendar.DueAt(start, new TimeLimit(amount, unit));
            calendar.DueAt(start + later, new TimeLimit(amount, unit)).ShouldBeGreaterThanOrEqualTo(due);
            calendar.DueAt(start, new TimeLimit(amount + 1, unit)).ShouldBeGreaterThan(due);
            due.ShouldBeGreaterThan(start);
        });

    [Fact]
    public void Notices_lie_in_order_between_the_start_and_the_end_and_split_the_time_as_they_say() =>
        Gen.Select(AnyCalendar, AnyInstant, Gen.Int[1, 60], AnyUnit).Sample((calendar, start, amount, unit) =>
        {
            var run = ClockRun.Start(calendar, new TimeLimit(amount, unit), start, Percents);
            var whole = calendar.Between(start, run.Due, unit);
            run.Notices!.Value.Select(notice => notice.Percent).ShouldBe(Percents);
            run.Notices!.Value.Select(notice => notice.At).ShouldBeInOrder();
            foreach (var notice in run.Notices!.Value)
            {
                notice.At.ShouldBeInRange(start, run.Due);
                (calendar.Between(start, notice.At, unit) - (whole * (notice.Percent / 100.0))).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
            }
        });

    [Fact]
    public void A_suspension_takes_and_gives_not_a_tick_wherever_it_begins_and_ends() =>
        Gen.Select(AnyCalendar, AnyInstant, Gen.Int[1, 60], AnyUnit, Gen.Double[0, 1], AnyTime).Sample((calendar, start, amount, unit, part, pause) =>
        {
            var run = ClockRun.Start(calendar, new TimeLimit(amount, unit), start, Percents);
            var stopped = start + ((run.Due - start) * part);

            var resumed = run.Paused(calendar, unit, stopped, stopped + pause, Percents);

            calendar.Between(resumed.Since, resumed.Due, unit).ShouldBe(calendar.Between(stopped, run.Due, unit));
            ((resumed.Spent ?? TimeSpan.Zero) + calendar.Between(resumed.Since, resumed.Due, unit)).ShouldBe(calendar.Between(start, run.Due, unit));

            // Whoever goes on the moment after the stop has lost nothing: the clock ends when as much has passed as before.
            var atOnce = run.Paused(calendar, unit, stopped, stopped, Percents);
            calendar.Between(start, atOnce.Due, unit).ShouldBe(calendar.Between(start, run.Due, unit));
        });

    [Fact]
    public void Two_suspensions_in_a_row_take_no_more_than_one() =>
        Gen.Select(AnyCalendar, AnyInstant, Gen.Int[1, 60], AnyUnit, AnyTime, AnyTime).Sample((calendar, start, amount, unit, first, second) =>
        {
            var run = ClockRun.Start(calendar, new TimeLimit(amount, unit), start, Percents);
            var once = run.Paused(calendar, unit, start, start + first + second, Percents);
            var twice = run.Paused(calendar, unit, start, start + first, Percents).Paused(calendar, unit, start + first, start + first + second, Percents);
            twice.Due.ShouldBe(once.Due);
        });

    [Theory]
    [InlineData("2028-02-28T17:00:00", 2, "2028-03-01T10:00:00")]
    [InlineData("2027-02-26T17:00:00", 2, "2027-03-01T10:00:00")]
    public void Working_hours_pass_over_the_end_of_february(string start, int hours, string due) =>
        Calendars[0].DueAt(Beijing(start), new TimeLimit(hours, TimeUnit.WorkingHours)).ShouldBe(Beijing(due));

    [Fact]
    public void The_hour_that_comes_twice_is_worked_twice_and_the_one_that_is_skipped_not_at_all()
    {
        var nights = new WorkingCalendar(
            TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
            [(new TimeOnly(0, 0), new TimeOnly(5, 0))],
            new[] { DayOfWeek.Sunday }.ToFrozenSet(),
            FrozenDictionary<DateOnly, bool>.Empty);

        WorkedOn(nights, new DateOnly(2026, 11, 1)).ShouldBe(TimeSpan.FromHours(6));
        WorkedOn(nights, new DateOnly(2026, 3, 8)).ShouldBe(TimeSpan.FromHours(4));
        WorkedOn(nights, new DateOnly(2026, 3, 15)).ShouldBe(TimeSpan.FromHours(5));
    }

    private static TimeSpan WorkedOn(WorkingCalendar calendar, DateOnly day) =>
        calendar.Between(calendar.StartOf(day), calendar.StartOf(day.AddDays(1)), TimeUnit.WorkingHours);

    private static DateTimeOffset Beijing(string local) => DateTimeOffset.Parse(local + "+08:00", null);
}
