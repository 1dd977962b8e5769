using System.Collections.Frozen;
using CsCheck;
using Shouldly;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.Deadlines;
using Xunit;

namespace WhistleActors.Domain.Tests.Calendars;

public sealed class WorkingCalendarTests
{
    private static readonly DayOfWeek[] MondayToFriday = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    private static readonly (TimeOnly From, TimeOnly To)[] NineToSix = [(new(9, 0), new(12, 0)), (new(13, 30), new(18, 0))];

    // National Day 2026: free from Thursday the 1st to Wednesday the 7th, worked on Saturday the 10th.
    private static readonly WorkingCalendar Beijing = Calendar(
        "Asia/Shanghai",
        [.. Enumerable.Range(1, 7).Select(day => (new DateOnly(2026, 10, day), false)), (new DateOnly(2026, 10, 10), true)]);

    private static readonly WorkingCalendar NewYork = Calendar("America/New_York", []);

    private static readonly Gen<DateTimeOffset> Instants =
        Gen.Long[0, 2L * 365 * 24 * 60].Select(minutes => new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static WorkingCalendar Calendar(string zone, (DateOnly Day, bool Worked)[] exceptions) => new(
        TimeZoneInfo.FindSystemTimeZoneById(zone), NineToSix, MondayToFriday.ToFrozenSet(), exceptions.ToFrozenDictionary(day => day.Day, day => day.Worked));

    private static DateTimeOffset At(string local) => DateTimeOffset.Parse(local + "+08:00", null);

    [Theory]
    [InlineData("2026-09-30", true)]
    [InlineData("2026-10-01", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-08", true)]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-10-11", false)]
    public void Holidays_and_swapped_working_days_override_the_week(string day, bool worked) =>
        Beijing.IsWorkingDay(DateOnly.Parse(day, null)).ShouldBe(worked);

    [Fact]
    public void Minutes_run_day_and_night() =>
        Beijing.DueAt(At("2026-10-03T23:50:00"), new TimeLimit(30, TimeUnit.Minutes)).ShouldBe(At("2026-10-04T00:20:00"));

    [Theory]
    [InlineData("2026-09-29T09:00:00", 2, "2026-09-29T11:00:00")]
    [InlineData("2026-09-29T11:00:00", 2, "2026-09-29T14:30:00")]
    [InlineData("2026-09-29T12:30:00", 1, "2026-09-29T14:30:00")]
    [InlineData("2026-09-29T07:00:00", 3, "2026-09-29T12:00:00")]
    [InlineData("2026-09-29T17:00:00", 2, "2026-09-30T10:00:00")]
    [InlineData("2026-09-30T17:00:00", 2, "2026-10-08T10:00:00")]
    [InlineData("2026-10-09T17:30:00", 1, "2026-10-10T09:30:00")]
    [InlineData("2026-10-10T17:30:00", 1, "2026-10-12T09:30:00")]
    [InlineData("2026-09-29T09:00:00", 15, "2026-09-30T18:00:00")]
    public void Working_hours_pass_only_in_working_time(string start, int hours, string due) =>
        Beijing.DueAt(At(start), new TimeLimit(hours, TimeUnit.WorkingHours)).ShouldBe(At(due));

    [Theory]
    [InlineData("2026-09-28T10:00:00", 1, "2026-09-29T18:00:00")]
    [InlineData("2026-09-30T10:00:00", 1, "2026-10-08T18:00:00")]
    [InlineData("2026-10-08T23:59:00", 2, "2026-10-10T18:00:00")]
    [InlineData("2026-10-03T10:00:00", 1, "2026-10-08T18:00:00")]
    public void Working_days_do_not_count_the_day_of_the_start(string start, int days, string due) =>
        Beijing.DueAt(At(start), new TimeLimit(days, TimeUnit.WorkingDays)).ShouldBe(At(due));

    [Fact]
    public void The_day_of_an_instant_is_the_citys() =>
        Beijing.DayOf(new DateTimeOffset(2026, 9, 30, 16, 0, 0, TimeSpan.Zero)).ShouldBe(new DateOnly(2026, 10, 1));

    [Fact]
    public void The_offset_of_the_start_does_not_matter()
    {
        var start = At("2026-09-29T11:00:00");
        Beijing.DueAt(start.ToUniversalTime(), new TimeLimit(4, TimeUnit.WorkingHours)).ShouldBe(Beijing.DueAt(start, new TimeLimit(4, TimeUnit.WorkingHours)));
    }

    [Fact]
    public void A_working_day_after_the_change_to_summer_time_ends_at_the_new_offset() =>
        NewYork.DueAt(DateTimeOffset.Parse("2026-03-06T12:00:00-05:00", null), new TimeLimit(1, TimeUnit.WorkingDays))
            .ShouldBe(DateTimeOffset.Parse("2026-03-09T18:00:00-04:00", null));

    [Fact]
    public void A_working_period_that_begins_in_the_skipped_hour_begins_when_it_is_over()
    {
        var sundays = new WorkingCalendar(NewYork.Zone, [(new TimeOnly(2, 30), new TimeOnly(5, 0))], new[] { DayOfWeek.Sunday }.ToFrozenSet(), FrozenDictionary<DateOnly, bool>.Empty);

        // On 8 March 2026 the clocks go from 02:00 to 03:00.
        sundays.DueAt(DateTimeOffset.Parse("2026-03-08T00:00:00-05:00", null), new TimeLimit(1, TimeUnit.WorkingHours))
            .ShouldBe(DateTimeOffset.Parse("2026-03-08T04:00:00-04:00", null));
    }

    [Fact]
    public void Working_hours_end_inside_working_time_and_as_much_working_time_has_passed() =>
        Gen.Select(Instants, Gen.Int[1, 60]).Sample((start, hours) =>
        {
            var due = Beijing.DueAt(start, new TimeLimit(hours, TimeUnit.WorkingHours));
            IsWorkingMinute(due.AddMinutes(-1)).ShouldBeTrue();
            WorkingMinutes(start, due).ShouldBe(hours * 60);
        });

    [Fact]
    public void A_later_start_is_never_due_earlier() =>
        Gen.Select(Instants, Gen.Int[0, 5000], Gen.Int[1, 40], Gen.Enum<TimeUnit>()).Sample((start, later, amount, unit) =>
            Beijing.DueAt(start.AddMinutes(later), new TimeLimit(amount, unit)).ShouldBeGreaterThanOrEqualTo(Beijing.DueAt(start, new TimeLimit(amount, unit))));

    [Fact]
    public void Between_start_and_due_lie_as_many_working_days_as_the_limit_says() =>
        Gen.Select(Instants, Gen.Int[1, 20]).Sample((start, days) =>
        {
            var (first, last) = (Beijing.DayOf(start), Beijing.DayOf(Beijing.DueAt(start, new TimeLimit(days, TimeUnit.WorkingDays))));
            Enumerable.Range(1, last.DayNumber - first.DayNumber).Count(n => Beijing.IsWorkingDay(first.AddDays(n))).ShouldBe(days);
        });

    private static bool IsWorkingMinute(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Beijing.Zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        return Beijing.IsWorkingDay(DateOnly.FromDateTime(local.DateTime)) && NineToSix.Any(period => period.From <= time && time < period.To);
    }

    private static int WorkingMinutes(DateTimeOffset start, DateTimeOffset due)
    {
        var count = 0;
        for (var minute = start; minute < due; minute = minute.AddMinutes(1))
            count += IsWorkingMinute(minute) ? 1 : 0;
        return count;
    }
}
