using Spectre.Console;
using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Plans;
using WhistleActors.Simulator.Reports;
using WhistleActors.Simulator.Scenarios;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>One run from the first question to the exit code.</summary>
internal static class Run
{
    private static readonly TimeSpan FirstAnswerWithin = TimeSpan.FromSeconds(15);

    public static async Task<int> Async(string scenario, Settings settings, TimeProvider clock, Func<Given, IScenario> create, CancellationToken stop)
    {
        var (console, language) = (AnsiConsole.Console, settings.Language);
        if (IsElsewhere(console, settings))
            return ExitCodes.Usage;
        var run = Guid.NewGuid().ToString("N")[..8];
        using var http = WhistleClient.CreateHttp(settings.Server);
        if (await CityAsync(console, settings, http, run, clock, stop) is not { } city)
            return stop.IsCancellationRequested ? ExitCodes.Good : ExitCodes.Unreachable;

        var name = language.Say(city.City.Name.Zh, city.City.Name.En);
        if (!settings.IsQuiet)
            console.MarkupLineInterpolated($"{name}: {city.Cells.Count} {language.Say("个网格", "grids")}, {city.Departments.Count} {language.Say("个部门", "departments")}, {city.Matters.Count} {language.Say("类事项", "matters")} · {settings.Server} · seed {settings.Seed} · run {run}");
        var cast = new Cast(http, new WhistleClientOptions { GiveUpAfter = settings.GiveUpAfter }, clock, city, run);
        var planner = new Planner(settings.Seed, city, settings.Temper);
        var push = new PushMeter(clock);
        var stage = new Stage(run, city, cast, planner, settings.Pace, push, clock, settings.Concurrency);
        await using var board = new LiveBoardClient(cast.Observer(), "city", onChange: push.Shown);
        var created = create(new Given(settings, city, planner, cast.Observer()));
        var simulation = new Simulation(
            stage, created, board, push, adopts: whistle => whistle.BlownBy.Person.StartsWith(Cast.Prefix, StringComparison.Ordinal));

        var startedAt = clock.GetUtcNow();
        var began = clock.GetTimestamp();
        var living = simulation.RunAsync(stop);
        if (!settings.IsQuiet)
            await new ProgressView(console, language, clock).ShowAsync(simulation, living);
        var findings = await living;

        var summary = Summary.Of(
            scenario, name, run, settings.Seed, startedAt, simulation.LivedFor ?? clock.GetElapsedTime(began), stage.Tally, push, created.Remarks, simulation.Verified, findings);
        if (!settings.IsQuiet || !summary.Ok)
            SummaryTables.Print(console, summary, language);
        if (settings.JsonFile is { } file)
            await JsonReport.WriteAsync(file, summary, CancellationToken.None);
        return summary.Ok ? ExitCodes.Good : ExitCodes.Wrong;
    }

    /// <summary>Refuses a server that is not on this machine, unless that is allowed.</summary>
    internal static bool IsElsewhere(IAnsiConsole console, Settings settings)
    {
        if (settings.Server.IsLoopback || settings.AllowRemote)
            return false;
        console.MarkupLineInterpolated($"[red]{settings.Language.Say($"{settings.Server} 不是本机；确需如此请加 --allow-remote。", $"{settings.Server} is not this machine; say --allow-remote if you mean it.")}[/]");
        return true;
    }

    /// <summary>The city that the server coordinates; null when it does not answer, or when told to stop.</summary>
    internal static async Task<CityMap?> CityAsync(IAnsiConsole console, Settings settings, HttpClient http, string run, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            var scout = new Contract.SignIn.SignInRequest($"{Cast.Prefix}{run}.scout", "scout", "city", "observer");
            return await CityMap.LoadAsync(new WhistleClient(http, scout, new WhistleClientOptions { GiveUpAfter = FirstAnswerWithin }, clock), stop);
        }
        catch (Exception failure) when (failure is UnreachableException or RefusedException)
        {
            console.MarkupLineInterpolated($"[red]{settings.Language.Say("服务器没有应答", "The server does not answer")}: {failure.Message}[/]");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop before anything began.
        }

        return null;
    }
}
