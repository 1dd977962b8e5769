using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>Summons departments under a whistle that was blown already, with the time limits and the basis that a first blow would have now.</summary>
internal sealed class FurtherSummonses(Whistle whistle, GridContext context)
{
    private readonly ScheduleStamps stamps = new(whistle.Level, whistle.Matter, context, before: whistle.Schedules?.Length ?? 0);
    private readonly ImmutableArray<ProposedSummons> proposal = DutyList.Propose(
        context.Pack, whistle.Matter, whistle.District, context.Pack.Calendar.DayOf(context.Now), context.Precedents);

    /// <summary>The schedules that the whistle gets with them; null when none has a clock.</summary>
    internal ImmutableArray<ClockSchedule>? Schedules => stamps.Schedules is { IsEmpty: false } schedules ? schedules : null;

    internal StampedSummons Stamp(DepartmentCode code, DutyRole role) => stamps.Stamp(
        Require.Party(whistle, code, context.Pack),
        role,
        proposal.FirstOrDefault(proposed => proposed.Department == code && proposed.Role == role)?.Basis);
}
