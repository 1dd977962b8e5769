using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>
/// Stamps the clocks of departments that are summoned together, as the city pack limits them then. Departments with the same limits share a
/// schedule.
/// </summary>
/// <param name="before">How many schedules the whistle has already.</param>
internal sealed class ScheduleStamps(WhistleLevel level, MatterCode matter, GridContext context, int before = 0)
{
    private readonly List<ClockSchedule> schedules = [];

    internal ImmutableArray<ClockSchedule> Schedules => [.. schedules];

    /// <summary>A summons that begins now; a notified department has no clock.</summary>
    internal StampedSummons Stamp(Department department, DutyRole role, string? basis)
    {
        var clocks = For(role, department.Kind);
        return new StampedSummons(department.Code, role, clocks.SignBy, clocks.CheckInBy, basis, clocks.Schedule);
    }

    private StampedClocks For(DutyRole role, DepartmentKind kind)
    {
        if (role == DutyRole.Notified)
            return default;
        var limits = Clocks.InOrder
            .Select(clock => (Clock: clock, Limit: LimitOf(clock, kind)))
            .Where(entry => entry.Limit is not null)
            .Select(entry => (entry.Clock, entry.Limit!.Value))
            .ToList();
        var index = schedules.FindIndex(schedule => schedule.Clocks.Select(plan => (plan.Clock, plan.Limit)).SequenceEqual(limits));
        if (index < 0)
        {
            index = schedules.Count;
            schedules.Add(new ClockSchedule(context.Now, [.. limits.Select(limit => Plan(limit.Clock, limit.Value))]));
        }

        var stamped = schedules[index];
        return new StampedClocks(stamped.Of(Clock.Sign)!.Due, stamped.Of(Clock.CheckIn)!.Due, before + index);
    }

    private TimeLimit? LimitOf(Clock clock, DepartmentKind kind) => DeadlineTable.AlwaysRunning.Contains(clock)
        ? context.Pack.Deadlines.LimitFor(clock, level, matter, kind)
        : context.Pack.Deadlines.FindLimit(clock, level, matter, kind);

    private ClockPlan Plan(Clock clock, TimeLimit limit)
    {
        var notices = context.Pack.Notices;
        var run = ClockRun.Start(context.Pack.Calendar, limit, context.Now, notices.Percents);
        return new ClockPlan(clock, limit, run.Due, run.Due - context.Now > notices.LongerThan ? run.Notices : null);
    }

    private readonly record struct StampedClocks(DateTimeOffset? SignBy, DateTimeOffset? CheckInBy, int? Schedule);
}
