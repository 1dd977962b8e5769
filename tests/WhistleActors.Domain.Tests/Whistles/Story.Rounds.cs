using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class Story
{
    private static readonly DateOnly Friday = new(2026, 3, 13);

    public Story BlowAgain(DepartmentCode? lead = null, params SummonedDepartment[] add) =>
        Do(new BlowAgain(Id, "首次处置未见效", lead, [.. add]), TestCity.Street);

    public Story Substitute(DepartmentCode department) => Do(ASubstitute(department), TestCity.Command);

    public CallSubstitute ASubstitute(DepartmentCode department) => new(Id, department, "力量不足");

    public Story Reopen(WhistleId? id = null) => Do(AReopening(id), TestCity.Street);

    public ReopenWhistle AReopening(WhistleId? id = null) => new(id ?? Id, "回访未解决", "夜间仍在漏水");

    public Story Confer(bool joint = false) => Do(AConference(joint), TestCity.Street);

    public ConveneConference AConference(bool joint = false) => new(Id, "管线归属", [], joint, MeetsAt: null, Place: null);

    public Story Decide(params PlannedTask[] tasks) => Do(ADecision(tasks), TestCity.Street);

    public DecideConference ADecision(params PlannedTask[] tasks) => new(Id, "由自来水公司牵头抢修", [], [.. tasks], MinutesComplete: true);

    public Story Propose(Officer by) => Do(new ProposeMeasure(Id, "夜间更换阀门", TestCity.Water, Friday), by);

    public Story Complete(int task, DepartmentCode department) => Do(new CompleteTask(Id, task, "已更换"), TestCity.Dispatcher(department));

    public Story Confirm(int task) => Do(new ConfirmTask(Id, task), TestCity.Street);

    public static PlannedTask ATask(DepartmentCode department) => new(department, "李强", "更换阀门", Friday);

    // What an actor would read back from the journal.
    private Whistle? Recall(GridCommand command) =>
        Events.Where(happened => happened.Whistle == ((WhistleCommand)command).Whistle).Aggregate((Whistle?)null, GridFold.Apply);
}
