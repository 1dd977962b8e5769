using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class RandomLife
{
    private static readonly ImmutableArray<OrganisationCode> Guests =
        [.. new[] { TestCity.Jingshan.Text, TestCity.FarUrban.Text, TestCity.Chaoyang.Text, TestCity.Police.Text }.Select(OrganisationCode.Parse)];

    // Mostly what the conference or the action plan is ready for; sometimes anything.
    private (GridCommand, Officer) Confer(Whistle whistle, WhistleId id)
    {
        var conference = whistle.Consultation?.Open;
        var tasks = whistle.Consultation?.Tasks ?? [];
        if (chance.Next(5) == 0)
            return AnyOf(Whichever(id), conference, tasks);
        if (conference is not null)
            return chance.Next(3) == 0 ? (ADecision(whistle, id, conference), ChairOf(conference)) : Speak(id, conference);
        return tasks.Any(task => task.Confirmation is null) && chance.Next(6) != 0 ? Work(whistle, id, tasks) : (AConference(id), chance.Next(3) == 0 ? TestCity.Command : InitiatorOf(whistle));
    }

    private (GridCommand, Officer) AnyOf(WhistleId id, Conference? conference, ImmutableArray<PlanTask> tasks) => chance.Next(9) switch
    {
        0 => (AConference(id), TestCity.Street),
        1 => (ADecision(null, id, conference), TestCity.Street),
        < 5 => Speak(id, conference),
        5 => (new CompleteTask(id, Number(tasks.Length), "已更换"), TestCity.Dispatcher(TestCity.Water)),
        6 => (new ConfirmTask(id, Number(tasks.Length)), TestCity.Street),
        _ => (new ReturnTask(id, Number(tasks.Length), "仍在渗水"), TestCity.Street),
    };

    // That one, one that has ended, or one that never was.
    private WhistleId Whichever(WhistleId id)
    {
        var ended = State.Ended.Keys.Concat(State.Whistles.Values.Where(whistle => whistle.Ending is not null).Select(whistle => whistle.Id))
            .OrderBy(whistle => whistle.Number).ToImmutableArray();
        return chance.Next(5) switch
        {
            0 => new WhistleId(TestCity.Home, 9_999),
            < 3 when ended.Length > 0 => Pick(ended),
            _ => id,
        };
    }

    private ConveneConference AConference(WhistleId id)
    {
        ImmutableArray<OrganisationCode> others = chance.Next(30) switch
        {
            0 => [.. Enumerable.Repeat(Guests[0], Conference.MostOthers + 1)],
            1 => [OrganisationCode.Parse("atlantis")],
            < 10 => [Pick(Guests)],
            _ => [],
        };
        var meetsAt = chance.Next(3) == 0 ? now.AddMinutes(chance.Next(-30, 300)) : (DateTimeOffset?)null;
        return new ConveneConference(id, "管线归属", others, chance.Next(4) == 0, meetsAt, meetsAt is null ? null : "街道会议室");
    }

    private (GridCommand, Officer) Speak(WhistleId id, Conference? conference)
    {
        var by = Spokesperson(conference);
        var day = DateOnly.FromDateTime(now.DateTime).AddDays(chance.Next(-1, 20));
        var department = chance.Next(15) == 0 ? Nowhere[0] : Pick(Departments);
        return chance.Next(conference is { Proposals.IsEmpty: true } ? 2 : 5) switch
        {
            0 => (new StatePosition(id, "应由权属单位先行抢修"), by),
            1 => (new ProposeMeasure(id, "夜间更换阀门", chance.Next(2) == 0 ? department : null, chance.Next(2) == 0 ? day : null), by),
            _ => (new AnswerProposal(id, Number(conference?.Proposals.Length), chance.Next(2) == 0, chance.Next(2) == 0 ? "经费未落实" : null), by),
        };
    }

    private DecideConference ADecision(Whistle? whistle, WhistleId id, Conference? conference)
    {
        var day = DateOnly.FromDateTime(now.DateTime).AddDays(2);
        ImmutableArray<PlannedTask> tasks =
        [
            .. Enumerable.Range(0, chance.Next(3)).Select(_ => new PlannedTask(
                chance.Next(40) == 0 ? Nowhere[0] : whistle is not null && chance.Next(4) != 0 ? Pick(whistle.Summonses).Department : Pick(Departments),
                "李强",
                "更换阀门",
                chance.Next(15) == 0 ? day.AddDays(-9) : day)),
        ];
        if (chance.Next(30) == 0)
            tasks = [.. Enumerable.Repeat(new PlannedTask(TestCity.Water, "李强", "更换阀门", day), Consultation.MostTasks + 1)];
        ImmutableArray<int> adopted = chance.Next(2) == 0 ? [] : [Number(conference?.Proposals.Length)];
        return new DecideConference(id, "由自来水公司牵头抢修", adopted, tasks, chance.Next(2) == 0);
    }

    private (GridCommand, Officer) Work(Whistle whistle, WhistleId id, ImmutableArray<PlanTask> tasks)
    {
        var number = Number(tasks.Length);
        if (chance.Next(5) == 0 && tasks.FirstOrDefault(task => task.Confirmation is not null) is { } confirmed)
            return (chance.Next(2) == 0 ? new ReturnTask(id, confirmed.Number, "仍在渗水") : new ConfirmTask(id, confirmed.Number), JudgeOf(whistle, confirmed.Department));
        if (chance.Next(8) != 0 && tasks.FirstOrDefault(task => task.Confirmation is null) is { } open)
            number = open.Number;
        var task = tasks.FirstOrDefault(task => task.Number == number);
        var act = chance.Next(10) == 0 ? chance.Next(3) : task is not { Completion: not null } ? 0 : chance.Next(2) == 0 ? 2 : 1;
        return act switch
        {
            0 => (new CompleteTask(id, number, "已更换"), AnswererOf(task?.Department ?? TestCity.Water)),
            1 => (new ConfirmTask(id, number), JudgeOf(whistle, task?.Department ?? TestCity.Water)),
            _ => (new ReturnTask(id, number, "仍在渗水"), JudgeOf(whistle, task?.Department ?? TestCity.Water)),
        };
    }

    private int Number(int? known) => chance.Next(10) == 0 ? Pick([0, -1, 99]) : chance.Next(1, Math.Max(2, (known ?? 0) + 1));

    private Officer Spokesperson(Conference? conference) => conference is null ? TestCity.Street : OfficerOf(Pick(conference.Parties));

    private static Officer ChairOf(Conference conference) => OfficerOf(conference.Chair);

    private static Officer OfficerOf(OrganisationCode party) =>
        party.Text == TestCity.Donghuamen.Text ? TestCity.Street
        : party.Text == TestCity.Jingshan.Text ? TestCity.OtherStreet
        : party.Text == TestCity.Jianwai.Text ? TestCity.BorderStreet
        : party.Text == TestCity.Dongcheng.Text ? TestCity.Command
        : party.Text == TestCity.Chaoyang.Text ? TestCity.FarCommand
        : TestCity.Dispatcher(DepartmentCode.Parse(party.Text));
}
