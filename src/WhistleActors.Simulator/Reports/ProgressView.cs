using System.Globalization;
using Spectre.Console;
using WhistleActors.Simulator.Scenarios;
using WhistleActors.Simulator.Speech;

namespace WhistleActors.Simulator.Reports;

/// <summary>Shows how far a run is, until it is over: bars on a terminal, a line now and then where the output goes to a file.</summary>
internal sealed class ProgressView(IAnsiConsole console, Language language, TimeProvider clock)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(30);

    public Task ShowAsync(Simulation simulation, Task running) =>
        console.Profile.Capabilities.Interactive ? ShowBarsAsync(simulation, running) : ShowLinesAsync(simulation, running);

    private async Task ShowBarsAsync(Simulation simulation, Task running)
    {
        var progress = console.Progress().AutoClear(false).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn());
        await progress.StartAsync(async context =>
        {
            var blown = context.AddTask(language.Say("吹哨", "blown"), maxValue: simulation.Expected ?? 1);
            var over = context.AddTask(language.Say("结束", "over"), maxValue: simulation.Expected ?? 1);
            var verified = context.AddTask(language.Say("核对", "verified"));
            blown.IsIndeterminate = over.IsIndeterminate = simulation.Expected is null;
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(Refresh, clock));
                Update();
            }

            Update();

            void Update()
            {
                var tally = simulation.Tally;
                blown.Value = tally.Blown;
                over.Value = Math.Max(0, tally.Blown - simulation.Open);
                blown.Description = $"{language.Say("吹哨", "blown"),-8}{tally.Blown,7:#,0}";
                over.Description = Text(
                    $"{language.Say("结束", "over"),-8}{tally.Closed + tally.Withdrawn,7:#,0}  {language.Say("进行中", "open")} {simulation.Open}  {language.Say("报到", "check-ins")} {tally.CheckInsOnTime}+{tally.CheckInsLate}");
                verified.MaxValue = Math.Max(1, simulation.ToVerify);
                verified.Value = simulation.Verified;
                verified.Description = $"{language.Say("核对", "verified"),-8}{simulation.Verified,7:#,0}";
            }
        });
    }

    private async Task ShowLinesAsync(Simulation simulation, Task running)
    {
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(LineEvery, clock));
            var tally = simulation.Tally;
            console.WriteLine(Text(
                $"{language.Say("吹哨", "blown")} {tally.Blown}, {language.Say("办结", "closed")} {tally.Closed}, {language.Say("撤回", "withdrawn")} {tally.Withdrawn}, {language.Say("进行中", "open")} {simulation.Open}, {language.Say("报到", "check-ins")} {tally.CheckInsOnTime}+{tally.CheckInsLate}, {language.Say("已核对", "verified")} {simulation.Verified}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
