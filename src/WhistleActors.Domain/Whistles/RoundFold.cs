using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What a whistle is in its next round.</summary>
internal static class RoundFold
{
    internal static Whistle Again(Whistle whistle, WhistleBlownAgain again) => WithUsedSchedules(whistle with
    {
        Round = again.Round,
        PastRounds = Keep(whistle, new PastRound(whistle.Round, again.At, again.By!, again.Reason, Found: null, ClosedAt: null, InShort(whistle))),
        Summonses = Summon([.. whistle.Summonses.Select(summons => summons with { Role = RoleOf(summons, again.Lead) })], again.Summonses),
        Schedules = Join(whistle.Schedules, again.Schedules),
    });

    internal static Whistle Reopened(WhistleReopened reopened)
    {
        var whistle = reopened.Ended;
        return WithUsedSchedules(whistle with
        {
            Round = reopened.Round,
            PastRounds = Keep(whistle, new PastRound(
                whistle.Round, reopened.At, reopened.By!, reopened.Reason, reopened.Found, whistle.Ending!.At, InShort(whistle))),
            Summonses = Summon(whistle.Summonses, reopened.Summonses),
            Schedules = Join(whistle.Schedules, reopened.Schedules),
            Ending = null,
        });
    }

    private static ImmutableArray<ClockSchedule>? Join(ImmutableArray<ClockSchedule>? before, ImmutableArray<ClockSchedule>? more) =>
        more is { } added ? [.. before ?? [], .. added] : before;

    // However many rounds there are, a whistle carries no more schedules than departments run by.
    private static Whistle WithUsedSchedules(Whistle whistle)
    {
        if (whistle.Schedules is not { } schedules)
            return whistle;
        var used = whistle.Summonses.Select(summons => summons.Clocks?.Schedule).OfType<int>().Distinct().Order().ToList();
        return whistle with
        {
            Schedules = [.. used.Select(index => schedules[index])],
            Summonses =
            [
                .. whistle.Summonses.Select(summons => summons.Clocks is { Schedule: { } index } clocks
                    ? summons with { Clocks = clocks with { Schedule = used.IndexOf(index) } }
                    : summons),
            ],
        };
    }

    private static DutyRole RoleOf(Summons summons, DepartmentCode lead) =>
        summons.Department == lead ? DutyRole.Lead
        : summons.Role == DutyRole.Lead ? DutyRole.Cooperating
        : summons.Role;

    private static PastRounds Keep(Whistle whistle, PastRound past) => new([.. whistle.PastRounds?.Rounds ?? [], past]);

    private static ImmutableArray<PastSummons> InShort(Whistle whistle) => [.. whistle.Summonses.Select(PastSummons.Of)];

    private static ImmutableArray<Summons> Summon(ImmutableArray<Summons> summonses, ImmutableArray<StampedSummons> stamped)
    {
        var fresh = stamped.ToDictionary(summons => summons.Department);
        var known = summonses.Select(summons => summons.Department).ToHashSet();
        return
        [
            .. summonses.Select(summons => fresh.TryGetValue(summons.Department, out var again) ? SummonsFold.Again(summons, again) : summons),
            .. stamped.Where(summons => !known.Contains(summons.Department)).Select(SummonsFold.Begin),
        ];
    }
}
