using Spectre.Console;
using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.CommandLine;
using WhistleActors.Simulator.Ledgers;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Load.Reports;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Reports;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Load;

/// <summary>One load from its file to the exit code.</summary>
/// <param name="Read">The settings, given what the scenario says is usual.</param>
internal sealed record LoadJob(string File, string? Ledger, string? HtmlFile, Func<LoadScenario?, Settings> Read, TimeProvider Clock)
{
    private static IAnsiConsole Console => AnsiConsole.Console;

    public async Task<int> RunAsync(CancellationToken stop)
    {
        // The form first: what is wrong with that needs no server to be told.
        if (Scenario(city: null) is not { } form)
            return ExitCodes.BadFile;
        var settings = Read(form);
        if (CommandLine.Run.IsElsewhere(Console, settings))
            return ExitCodes.Usage;
        var run = Guid.NewGuid().ToString("N")[..8];
        using var http = WhistleClient.CreateHttp(settings.Server);
        if (await CommandLine.Run.CityAsync(Console, settings, http, run, Clock, stop) is not { } city)
            return stop.IsCancellationRequested ? ExitCodes.Stopped : ExitCodes.Unreachable;
        if (Scenario(city) is not { } scenario)
            return ExitCodes.BadFile;
        return await RunAsync(scenario with { Compress = settings.Pace.Speed }, settings, city, http, run, stop);
    }

    private async Task<int> RunAsync(LoadScenario scenario, Settings settings, CityMap city, HttpClient http, string run, CancellationToken stop)
    {
        var language = settings.Language;
        var startedAt = Clock.GetUtcNow();
        var file = Ledger ?? Path.Combine(Path.GetTempPath(), $"whistle-load-{run}.ledger");
        LedgerFile ledger;
        try
        {
            ledger = new LedgerFile(file, new LedgerHead(LedgerHead.Version, run, settings.Server, city.City.Pack, Path.GetFileName(File), settings.Seed, startedAt));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.MarkupLineInterpolated($"[red]{language.Say("无法新建流水账", "The ledger cannot be made")}: {failure.Message}[/]");
            return ExitCodes.Usage;
        }

        var arrivals = scenario.Draw(settings.Seed);
        if (!settings.IsQuiet)
            Console.WriteLine($"{scenario.Name.In(language)} · {language.Say(city.City.Name.Zh, city.City.Name.En)} · {LoadText.Number(arrivals.Count)} {language.Say("个哨", "whistles")} · {settings.Server} · seed {settings.Seed} · run {run} · {language.Say("流水账", "ledger")} {file}");
        var cast = new Cast(http, new WhistleClientOptions { GiveUpAfter = settings.GiveUpAfter, RepeatsRefused = false }, Clock, city, run);
        var push = new PushMeter(Clock);
        var last = arrivals.Count == 0 ? TimeSpan.Zero : arrivals[^1].At / scenario.Compress;
        var meter = new LoadMeter(ledger, new Timeline(Clock, Timeline.WidthFor(last + TimeSpan.FromMinutes(2))));
        var stage = new Stage(
            run, city, cast, new Planner(settings.Seed, city, settings.Temper, scenario.Slow), settings.Pace, push, Clock, settings.Concurrency, settings.GiveUpAfter, meter);
        var load = new LoadRun(stage, scenario, arrivals, meter);
        var crowd = new ScreenCrowd(scenario.Screens, board => new LiveScreen(cast.Observer(), board), ["city", .. city.Cells.Select(cell => $"district:{cell.District}").Distinct()], Clock);
        var progress = new LoadProgress(Console, language, Clock);
        using (ledger)
        {
            await using var board = new LiveBoardClient(cast.Observer(), "city", onChange: push.Shown);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var watching = crowd.RunAsync(over.Token);
            var living = load.RunAsync(stop);
            if (!settings.IsQuiet)
                await progress.ShowAsync(living, load, meter, stage.Tally);
            await living;
            await over.CancelAsync();
            await watching;
        }

        var (verified, found) = await VerifyAsync(file, stage.Cast, settings, progress, load.IsPartial);
        var outcome = new LoadOutcome(
            scenario, run, settings.Seed, startedAt, load.LivedFor ?? default, load.IsPartial, load.Expected, file, verified, [.. stage.Findings, .. found]);
        var report = LoadReport.Of(outcome, stage.Tally, meter, push, crowd, city);
        if (!settings.IsQuiet || !report.Ok)
            LoadTables.Print(Console, report, language);
        if (settings.JsonFile is { } json)
            await JsonReport.WriteAsync(json, report, CancellationToken.None);
        if (HtmlFile is { } html)
            await System.IO.File.WriteAllTextAsync(html, LoadPage.Of(report).ToHtml(language.IsChinese), CancellationToken.None);
        return !report.Ok ? ExitCodes.Wrong : report.Partial ? ExitCodes.Stopped : ExitCodes.Good;
    }

    // From the file, not from memory: so what a killed run would leave behind is what every run is held to.
    private static async Task<(int Verified, IReadOnlyList<Finding> Findings)> VerifyAsync(string file, Cast cast, Settings settings, LoadProgress progress, bool isPartial)
    {
        var faults = new FaultList();
        if (Ledgers.Ledger.Read(file, System.IO.File.ReadLines(file), faults) is not { } ledger)
            return (0, [.. faults.InOrder().Select(fault => new Finding(FindingKind.Changed, "", fault.ToString()))]);

        // Whoever stops a run may have stopped the server with it; then one answer that does not come is enough.
        using var gone = new CancellationTokenSource();
        var observer = isPartial ? cast.HurriedObserver() : cast.Observer();
        var check = new LedgerCheck(ledger, observer, new ServerRecord(observer, gone.Cancel));
        var checking = check.RunAsync(gone.Token);
        if (!settings.IsQuiet)
            await progress.ShowAsync(checking, check);
        try
        {
            return (check.Verified, await checking);
        }
        catch (OperationCanceledException)
        {
            return (check.Verified, [new Finding(FindingKind.Unreachable, "", $"the server is gone; verify later: scripts/simulate check {file}")]);
        }
    }

    private LoadScenario? Scenario(CityMap? city)
    {
        var language = Read(null).Language;
        var name = Path.GetRelativePath(Environment.CurrentDirectory, File);
        if (Text(File) is not { } text)
        {
            Console.MarkupLineInterpolated($"[red]{name}: {language.Say("无法读取。", "It cannot be read.")}[/]");
            return null;
        }

        var faults = new FaultList();
        var scenario = LoadReader.Read(city, name, text, other => Text(Path.Combine(Path.GetDirectoryName(File)!, other)), faults);
        FaultLines.Print(Console, faults, language);
        return scenario;
    }

    private static string? Text(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
