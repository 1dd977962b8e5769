using Spectre.Console;
using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Planning.Files;
using WhistleActors.Planning.Plans;
using WhistleActors.Planning.Results;
using WhistleActors.Planning.Runs;
using WhistleActors.Simulator.CommandLine;
using WhistleActors.Simulator.Reports;

namespace WhistleActors.Simulator.Planning;

/// <summary>One plan from its file to the exit code.</summary>
internal static class PlanRun
{
    public static async Task<int> Async(PlanQuestion asked, CancellationToken stop)
    {
        var console = AnsiConsole.Console;
        var report = await Task.Run(() => Answer(asked, console, stop), CancellationToken.None);
        if (report is null)
            return ExitCodes.BadFile;
        if (!asked.IsQuiet)
            PlanTables.Print(console, report, asked.Language);
        if (asked.JsonFile is { } json)
            await JsonReport.WriteAsync(json, report, CancellationToken.None);
        if (asked.HtmlFile is { } html)
            await File.WriteAllTextAsync(html, PlanPage.Of(report).ToHtml(asked.Language.IsChinese), CancellationToken.None);
        return report.Broken.Any() ? ExitCodes.Wrong : report.Partial ? ExitCodes.Stopped : ExitCodes.Good;
    }

    private static PlanReport? Answer(PlanQuestion asked, IAnsiConsole console, CancellationToken stop)
    {
        CityPack? pack = null;
        if (Load(asked, console, asked.File, ref pack) is not { } plan)
            return null;
        Plan? other = null;
        if (asked.Against is { } against && (other = Load(asked, console, against, ref pack)) is null)
            return null;
        if (asked.Need.FirstOrDefault(department => !pack!.Departments.ContainsKey(department)) is { Text.Length: > 0 } unknown)
        {
            console.MarkupLineInterpolated($"[red]--need: {asked.Language.Say($"部门 {unknown} 不存在。", $"The department {unknown} does not exist.")}[/]");
            return null;
        }

        var comparison = other is null
            ? null
            : Measured(asked, console, plan.Replications * 2, progress => Planner.Compare(pack!, plan, other, asked.Threads, progress, stop));
        var result = comparison?.Before ?? Measured(asked, console, plan.Replications, progress => Planner.Run(pack!, plan, asked.Threads, progress, stop));
        var needs = new List<CrewNeed>();
        foreach (var department in asked.Need)
        {
            if (Planner.CrewsNeeded(pack!, plan, department, asked.Threads, stop) is { } need)
                needs.Add(need);
        }

        return new PlanReport(result, comparison?.After, comparison?.Departments, plan.Target, needs, result.Partial || comparison?.After.Partial == true || needs.Count < asked.Need.Count);
    }

    private static Plan? Load(PlanQuestion asked, IAnsiConsole console, string file, ref CityPack? pack)
    {
        var name = Path.GetRelativePath(Environment.CurrentDirectory, file);
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]{name}: {asked.Language.Say("无法读取。", "It cannot be read.")}[/]");
            return null;
        }

        // What is no YAML at all names no city, and the city would be all that is said about it.
        var unreadable = new FaultList();
        if (YamlCursor.Read(name, text, unreadable) is null)
            return Refuse(unreadable.InOrder());
        if ((pack ??= Pack(asked, name, PlanReader.CityOf(text), console)) is not { } city)
            return null;
        switch (PlanReader.Read(city, name, text, other => Past(Path.Combine(Path.GetDirectoryName(file)!, other))))
        {
            case PlanReading.Loaded { Plan: var plan }:
                return asked.Seed is { } seed ? plan with { Seed = seed } : plan;
            case PlanReading.Refused { Faults: var faults }:
                return Refuse(faults);
            default:
                throw new InvalidOperationException("A reading is either loaded or refused.");
        }

        // Unwrapped, so that an editor can follow file and line.
        Plan? Refuse(IEnumerable<FileFault> faults)
        {
            foreach (var fault in faults)
                console.Profile.Out.Writer.WriteLine(asked.Language.IsChinese ? fault.ToChinese() : fault.ToString());
            return null;
        }
    }

    private static CityPack? Pack(PlanQuestion asked, string file, string? id, IAnsiConsole console)
    {
        // Only a plain name: the plan chooses a pack of the folder, not a path.
        var folder = id is { Length: > 0 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? Path.Combine(asked.Packs, id) : null;
        if (folder is not null && CityPackReader.Read(folder) is CityPackReading.Loaded { Pack: var pack })
            return pack;
        console.MarkupLineInterpolated($"[red]{file}: {asked.Language.Say($"“city”应为 {asked.Packs} 中一个可用的城市配置包；现为“{id}”。", $"'city' must name a sound city pack in {asked.Packs}; it is '{id}'.")}[/]");
        return null;
    }

    private static string? Past(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static T Measured<T>(PlanQuestion asked, IAnsiConsole console, int replications, Func<Action<int>, T> run)
    {
        if (asked.IsQuiet)
            return run(_ => { });
        return console.Progress().AutoClear(true).Start(bar =>
        {
            var task = bar.AddTask(asked.Language.Say("推演", "Replications"), maxValue: replications);
            return run(_ => task.Increment(1));
        });
    }
}
