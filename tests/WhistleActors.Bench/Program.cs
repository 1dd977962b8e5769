using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using WhistleActors.Bench;

var json = new Option<FileInfo?>("--json") { Description = "Also writes the figures to this file, as an array of {name, value, unit, min, max, runs}." };
var seconds = new Option<double>("--seconds") { Description = "How long each load runs.", DefaultValueFactory = _ => 10 };
var runs = new Option<int>("--runs") { Description = "How often each load runs.", DefaultValueFactory = _ => 3 };
var groups = new Argument<string[]>("group") { Description = "journal, http, push, memory, start; all when none is named.", DefaultValueFactory = _ => CoreBench.Groups };
var root = new RootCommand("Measures the running core on its embedded database: as ratios within one run, because machines are noisy.") { json, seconds, runs, groups };
root.SetAction(async (parsed, cancelled) =>
{
    var bench = new CoreBench(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(runs));
    var measures = await bench.RunAsync(parsed.GetValue(groups)!, cancelled);
    var table = new Table().AddColumn(new TableColumn("figure").NoWrap()).AddColumn(new TableColumn("median").RightAligned()).AddColumn("unit")
        .AddColumn(new TableColumn("lowest").RightAligned()).AddColumn(new TableColumn("highest").RightAligned()).AddColumn(new TableColumn("runs").RightAligned());
    foreach (var m in measures)
        table.AddRow(m.Name, Number(m.Value), m.Unit, Number(m.Min), Number(m.Max), m.Runs.ToString(CultureInfo.InvariantCulture));
    AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 110);
    AnsiConsole.Write(table);
    if (parsed.GetValue(json) is { } file)
        await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(measures, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }), cancelled);
    return 0;
});
var server = new Option<string>("--server") { Description = "The running server.", Required = true };
var drive = new Command("drive", "Only drives a running server with whole lives until it is stopped, for a profiler beside it.") { server };
drive.SetAction(async (parsed, cancelled) =>
{
    using var lives = await Lives.PrepareAsync(new Uri(parsed.GetValue(server)!));
    while (!cancelled.IsCancellationRequested)
        Console.WriteLine($"{await lives.ClosedLoopAsync(CoreBench.AtOnce, TimeSpan.FromSeconds(5)):0} lives/s");
});
root.Subcommands.Add(drive);
return await root.Parse(args).InvokeAsync();

static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.###", CultureInfo.InvariantCulture);
