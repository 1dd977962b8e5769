using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class RandomLife
{
    private static readonly ImmutableArray<DepartmentCode> Nowhere = [.. Enumerable.Range(0, 51).Select(i => DepartmentCode.Parse($"d{i}"))];

    // What an actor would read back from the journal.
    private Whistle? Recall(WhistleId id) => Events.Where(happened => happened.Whistle == id).Aggregate((Whistle?)null, GridFold.Apply);

    private (GridCommand, Officer) Rounds(Whistle whistle, WhistleId id) => chance.Next(20) switch
    {
        < 4 => (AnotherBlow(id), InitiatorOf(whistle)),
        < 7 => (new CallSubstitute(id, chance.Next(4) == 0 ? Pick(Departments) : Pick(whistle.Summonses).Department, "力量不足"), chance.Next(6) == 0 ? InitiatorOf(whistle) : TestCity.Command),
        < 8 => (new VoidWhistle(id, "恶意吹哨"), chance.Next(2) == 0 ? TestCity.Command : EnderOf(whistle)),
        _ => (AReopening(id), chance.Next(3) == 0 ? TestCity.Command : EnderOf(whistle)),
    };

    // The last steps of a whistle whose departments are all done, so that enough lives come to a close.
    private (GridCommand, Officer)? Finish(Whistle whistle, WhistleId id) =>
        whistle.Stage != WhistleStage.Open || whistle.Summonses.Any(summons => summons.Owes) ? null
        : chance.Next(8) == 0 ? (new CloseWhistle(id, "办结"), EnderOf(whistle))
        : whistle.Summonses.FirstOrDefault(summons => summons.CrewPresent) is { } present ? (new ReleaseDepartment(id, present.Department, null), JudgeOf(whistle, present.Department))
        : whistle.Summonses.FirstOrDefault(summons => summons.Dispute is { IsOpen: true }) is { } disputed
            ? (new RuleDispute(id, disputed.Department, RulingKind.Upheld, "已完成处置", "职责清单", null), TestCity.Command)
        : whistle.Summonses.FirstOrDefault(whistle.OwesReport) is { } silent ? (new FileReport(id, silent.Department, "书面报告"), AnswererOf(silent.Department))
        : whistle.Consultation?.Open is { } conference ? (ADecision(whistle, id, conference), ChairOf(conference))
        : whistle.Consultation?.Tasks.Any(task => task.Confirmation is null) == true ? Work(whistle, id, whistle.Consultation.Tasks)
        : (new CloseWhistle(id, "办结"), EnderOf(whistle));

    private BlowAgain AnotherBlow(WhistleId id)
    {
        var add = chance.Next(3) != 0
            ? ImmutableArray<SummonedDepartment>.Empty
            : [.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => new SummonedDepartment(
                Pick(Departments), Pick([DutyRole.Lead, DutyRole.Cooperating, DutyRole.Cooperating, DutyRole.Notified])))];
        if (chance.Next(25) == 0)
            add = [.. Nowhere.Take(Pick([1, 51])).Select(department => new SummonedDepartment(department, DutyRole.Cooperating))];
        if (chance.Next(12) == 0)
            add = [new SummonedDepartment(TestCity.FarUrban, DutyRole.Lead), new SummonedDepartment(Nowhere[0], DutyRole.Lead)];
        return new BlowAgain(id, "首次处置未见效", chance.Next(4) == 0 ? Pick(Departments) : null, add);
    }

    // Mostly one that was closed, if the grid holds it still or has put it away.
    private ReopenWhistle AReopening(WhistleId id)
    {
        var closed = Events.OfType<WhistleClosed>().Select(happened => happened.Whistle).Distinct().ToImmutableArray();
        var ended = Events.Where(happened => happened is WhistleWithdrawn or WhistleVoided).Select(happened => happened.Whistle).ToImmutableArray();
        var which = chance.Next(12) switch
        {
            0 => id,
            1 when ended.Length > 0 => Pick(ended),
            > 1 when closed.Length > 0 => closed[^1],
            _ => id,
        };
        if (chance.Next(10) == 0)
            now = now.AddDays(3);
        return new ReopenWhistle(which, "回访未解决", "夜间仍在漏水");
    }
}
