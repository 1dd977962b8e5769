using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class Story
{
    /// <summary>In the city where all six clocks run.</summary>
    public static Story OfSixClocks() => new(pack: TestCity.PackWithSixClocks);

    public Story Contact(DepartmentCode department) => Do(new ContactInitiator(Id, department, "已电话联系"), TestCity.CrewOf(department));

    public Story Measure(DepartmentCode department) => Do(new RecordMeasure(Id, department, "设置围挡", null), TestCity.CrewOf(department));

    public Story FileReport(DepartmentCode department) => Do(new FileReport(Id, department, "书面报告"), TestCity.Dispatcher(department));

    public Story AskExtension(DepartmentCode department, Clock clock, DateTimeOffset until) =>
        Do(new RequestExtension(Id, department, clock, until, "待料"), TestCity.Dispatcher(department));

    public Story Extend(DepartmentCode department) => Do(new ApproveExtension(Id, department), TestCity.Street);

    public Story AskSuspension(DepartmentCode department, DateOnly until) =>
        Do(new RequestSuspension(Id, department, until, "汛期停工"), TestCity.Dispatcher(department));

    public Story Suspend(DepartmentCode department, DateOnly until) => AskSuspension(department, until).Do(new ApproveSuspension(Id, department), TestCity.Street);

    public Story EndSuspension(DepartmentCode department) => Do(new EndSuspension(Id, department, "提前复工"), TestCity.Street);

    public Story Complete(DepartmentCode department) => Do(new CompleteLedger(Id, department, "管线已更换"), TestCity.Dispatcher(department));

    public Story AskLedgerExtension(DepartmentCode department, DateOnly until) =>
        Do(new RequestLedgerExtension(Id, department, until, "材料未到"), TestCity.Dispatcher(department));

    /// <summary>Water's entry is accepted, the others are done: the whistle can be closed.</summary>
    public Story LedgerWater(DateOnly dueOn, params Milestone[] milestones) =>
        CheckIn(TestCity.Water).LedgerWaterOnTheSpot(dueOn, milestones);

    /// <summary>The same once Water has checked in.</summary>
    public Story LedgerWaterOnTheSpot(DateOnly dueOn, params Milestone[] milestones) =>
        Do(ALedger(TestCity.Water, dueOn, milestones), TestCity.Dispatcher(TestCity.Water)).Accept(TestCity.Water)
            .Finish(TestCity.Urban).Finish(TestCity.Police);

    /// <summary>When a clock of a department runs out now.</summary>
    public DateTimeOffset Due(DepartmentCode department, Clock clock) => Whistle.ClockOf(this[department], clock)!.Run.Due;
}
