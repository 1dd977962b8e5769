using System.Globalization;
using Spectre.Console;
using WhistleActors.Simulator.Ledgers;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Load;

/// <summary>Says how far a load is, until it is over: one line that changes on a terminal, a line now and then where the output goes to a file.</summary>
internal sealed class LoadProgress(IAnsiConsole console, Language language, TimeProvider clock)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    public async Task ShowAsync(Task running, LoadRun run, LoadMeter meter, Tally tally)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            await LinesAsync(running, LineEvery, () => console.WriteLine(Living(run, meter, tally)));
            return;
        }

        await console.Status().StartAsync(Markup.Escape(Living(run, meter, tally)), async status =>
            await LinesAsync(running, Refresh, () => status.Status = Markup.Escape(Living(run, meter, tally))));
    }

    public async Task ShowAsync(Task checking, LedgerCheck check)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            await LinesAsync(checking, LineEvery, () => console.WriteLine(Checking(check)));
            return;
        }

        await console.Status().StartAsync(Checking(check), async status => await LinesAsync(checking, Refresh, () => status.Status = Checking(check)));
    }

    private async Task LinesAsync(Task running, TimeSpan every, Action show)
    {
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(every, clock));
            show();
        }
    }

    private string Living(LoadRun run, LoadMeter meter, Tally tally)
    {
        var blow = tally.Commands.FirstOrDefault(command => command.Kind == CommandKind.Blow).Latencies?.Percentile(99)?.TotalMilliseconds;
        return Text(
            $"{language.Say("应吹", "due")} {meter.Due:#,0}/{run.Expected:#,0}  {language.Say("吹哨", "blown")} {tally.Blown:#,0}  {language.Say("进行中", "under way")} {run.Open:#,0}  {language.Say("结束", "over")} {tally.Closed + tally.Withdrawn:#,0}  {language.Say("报到", "check-ins")} {tally.CheckInsOnTime + tally.CheckInsLate:#,0}  p99 {blow ?? 0:#,0} ms  {language.Say("拒绝", "refused")} {meter.Refusals.Sum(refusal => refusal.Count):#,0}  {language.Say("未发出", "not sent")} {meter.NotSentInAll:#,0}");
    }

    private string Checking(LedgerCheck check) => Text($"{language.Say("已核对", "verified")} {check.Verified:#,0}/{check.ToVerify:#,0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
