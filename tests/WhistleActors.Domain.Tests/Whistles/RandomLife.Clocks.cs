using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>What chance does with the clocks and the ledger.</summary>
internal sealed partial class RandomLife
{
    private (Func<Summons, bool> Fits, Func<DepartmentCode, (GridCommand, Officer)> Ask) SomethingOfClocks(WhistleId id) => chance.Next(100) switch
    {
        < 9 => (s => s is { Owes: true, CheckIn: null, Clocks.Contact: null }, d => (new ContactInitiator(id, d, "已联系"), SomeoneOf(d))),
        < 18 => (s => s is { Owes: true, CheckIn: not null }, d => (new RecordMeasure(id, d, "设置围挡", chance.Next(3) == 0 ? "京城管责改〔2026〕1号" : null), SomeoneOf(d))),
        < 30 => (s => s is { CheckIn: not null, Clocks.Report: null }, d => (new FileReport(id, d, "书面报告"), AnswererOf(d))),
        < 44 => (s => s is { Owes: true, Clocks.AskedExtension: null }, d => (AnExtension(id, d), AnswererOf(d))),
        < 56 => (s => s is { Clocks.AskedExtension: not null }, d => (new ApproveExtension(id, d), Decider(id, d))),
        < 60 => (s => s is { Clocks.AskedExtension: not null }, d => (new RefuseExtension(id, d, "理由不足"), Decider(id, d))),
        < 72 => (s => s is { Owes: true, Clocks.AskedSuspension: null }, d => (new RequestSuspension(id, d, ADay(0, 4), "汛期"), AnswererOf(d))),
        < 84 => (s => s is { Clocks.AskedSuspension: not null }, d => (new ApproveSuspension(id, d), Decider(id, d))),
        < 88 => (s => s is { Clocks.AskedSuspension: not null }, d => (new RefuseSuspension(id, d, "不得停工"), Decider(id, d))),
        _ => (s => s is { Clocks.Suspended: not null }, d => (new EndSuspension(id, d, null), chance.Next(3) == 0 ? AnswererOf(d) : Decider(id, d))),
    };

    private (Func<Summons, bool> Fits, Func<DepartmentCode, (GridCommand, Officer)> Ask) SomethingOfLedger(WhistleId id) => chance.Next(100) switch
    {
        < 15 => (s => s.Ledger is { IsOpen: true }, d => (new ReportMilestone(id, d, chance.Next(8) == 0 ? 3 : chance.Next(0, 3), "已进场"), AnswererOf(d))),
        < 35 => (s => s.Ledger is { IsOpen: true, Completion: null }, d => (new CompleteLedger(id, d, "已完成"), AnswererOf(d))),
        < 45 => (s => s.Ledger is { IsOpen: true, Completion: not null }, d => (new ConfirmLedger(id, d), JudgeOf(id, d))),
        < 58 => (s => s.Ledger is { IsOpen: true, Completion: not null }, d => (new RefuseLedger(id, d, "未完成"), JudgeOf(id, d))),
        < 76 => (s => s.Ledger is { IsOpen: true, Completion: null, AskedExtension: null }, d => (new RequestLedgerExtension(id, d, ADay(0, 60), "材料未到"), AnswererOf(d))),
        < 88 => (s => s.Ledger is { AskedExtension: not null }, d => (new ApproveLedgerExtension(id, d), Decider(id, d))),
        _ => (s => s.Ledger is { AskedExtension: not null }, d => (new RefuseLedgerExtension(id, d, "不得再延"), Decider(id, d))),
    };

    private static bool HasLedger(Whistle whistle) => whistle.Summonses.Any(summons => summons.Ledger is { IsOpen: true });

    private Officer Decider(WhistleId id, DepartmentCode department) => chance.Next(3) == 0 ? TestCity.Command : JudgeOf(id, department);

    private DateOnly ADay(int least, int most)
    {
        var today = DateOnly.FromDateTime((now > State.LastAt ? now : State.LastAt).ToOffset(TimeSpan.FromHours(8)).DateTime);
        return chance.Next(15) == 0 ? today.AddYears(6) : today.AddDays(chance.Next(least - 1, most));
    }

    private RequestExtension AnExtension(WhistleId id, DepartmentCode department)
    {
        var clock = Pick([Clock.Sign, Clock.Contact, Clock.CheckIn, Clock.Measures, Clock.Disposal, Clock.Disposal, Clock.Report]);
        var due = State.Whistles.GetValueOrDefault(id) is { } whistle && whistle.SummonsOf(department) is { } summons ? whistle.ClockOf(summons, clock)?.Run.Due : null;
        var until = (due ?? now).AddMinutes(chance.Next(-200, 4_000));
        return new RequestExtension(id, department, clock, chance.Next(15) == 0 ? until.AddYears(6) : until, "待料");
    }
}
