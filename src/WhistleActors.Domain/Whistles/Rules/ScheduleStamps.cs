using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>Stamps the clocks of the departments of one whistle, as its city pack limits them when it sounds. Departments with the same limits share a schedule.</summary>
internal sealed class ScheduleStamps(WhistleLevel level, MatterCode matter, GridContext context)
{
    private readonly List<ClockSchedule> schedules = [];

    internal ImmutableArray<ClockSchedule> Schedules => [.. schedules];

    /// <summary>A department as it is stamped; a notified one has no clock.</summary>
    internal StampedClocks For(DutyRole role, DepartmentKind kind)
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
        return new StampedClocks(stamped.Of(Clock.Sign)!.Due, stamped.Of(Clock.CheckIn)!.Due, index);
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
}

/// <summary>What is stamped on one department.</summary>
internal readonly record struct StampedClocks(DateTimeOffset? SignBy, DateTimeOffset? CheckInBy, int? Schedule);
