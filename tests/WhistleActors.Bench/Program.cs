using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using WhistleActors.Bench;

var json = new Option<FileInfo?>("--json") { Description = "Also writes the figures to this file, as an array of {name, value, unit, min, max, runs}." };
var seconds = new Option<double>("--seconds") { Description = "How long each load runs.", DefaultValueFactory = _ => 10 };
var runs = new Option<int>("--runs") { Description = "How often each load runs.", DefaultValueFactory = _ => 3 };
var clients = new Option<int>("--clients") { Description = "live: connected clients.", DefaultValueFactory = _ => 10_000 };
var groups = new Argument<string[]>("group") { Description = "journal, http, push, memory, large, start, which are all when none is named; alerts; growth; growth.city; surge, or surge.sqlite, surge.postgres; hot; cluster, or cluster.lives, cluster.takeover; plan; live, or live.idle, live.share, live.half, live.stuck, live.reconnect.", DefaultValueFactory = _ => CoreBench.Groups };
var full = new Option<bool>("--full") { Description = "growth.city: 100,000 grids, a million whistles, ten million events; cluster: a take-over of 22,605 grids." };
var root = new RootCommand("Measures the running core on its embedded database: as ratios within one run, because machines are noisy.") { json, seconds, runs, clients, full, groups };
root.SetAction(async (parsed, cancelled) =>
{
    var (named, time) = (parsed.GetValue(groups)!, TimeSpan.FromSeconds(parsed.GetValue(seconds)));
    var measures = new List<Measure>();
    var parts = named.Contains("live") ? LiveBench.Parts : [.. LiveBench.Parts.Where(part => named.Contains($"live.{part}"))];
    var core = named.Where(group => group is not ("alerts" or "growth" or CityGrowthBench.Group or "plan") && !ClusterBench.Groups.Contains(group) && !SurgeBench.Groups.Contains(group) && !IsLive(group)).ToArray();
    if (core.Length > 0)
        measures.AddRange(await new CoreBench(time, parsed.GetValue(runs)).RunAsync(core, cancelled));
    var surges = named.Where(SurgeBench.Groups.Contains).ToArray();
    if (surges.Length > 0)
        measures.AddRange(await new SurgeBench(parsed.GetValue(runs)).RunAsync(surges, cancelled));
    if (named.Contains("growth"))
        measures.AddRange(await new GrowthBench(time).RunAsync(cancelled));
    if (named.Contains(CityGrowthBench.Group))
        measures.AddRange(await new CityGrowthBench(time, parsed.GetValue(runs), parsed.GetValue(full)).RunAsync(cancelled));
    var clusters = named.Where(ClusterBench.Groups.Contains).ToArray();
    if (clusters.Length > 0)
        measures.AddRange(await new ClusterBench(time, parsed.GetValue(runs), parsed.GetValue(full)).RunAsync(clusters, cancelled));
    if (named.Contains("alerts"))
        measures.AddRange(await new AlertBench(time, parsed.GetValue(runs)).RunAsync());
    if (named.Contains("plan"))
        measures.AddRange(PlanBench.Run(parsed.GetValue(runs), cancelled));
    if (parts.Length > 0)
    {
        using var live = new LiveBench(time, parsed.GetValue(runs), parsed.GetValue(clients));
        measures.AddRange(await live.RunAsync(parts));
    }

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
var open = new Option<int>("--open") { Description = "Whistles that are open.", Required = true };
var host = new Command("live-host", "The server that 'live' measures; started by it.") { open };
host.SetAction(async (parsed, _) =>
{
    await LiveHost.RunAsync(parsed.GetValue(open));
    return 0;
});
root.Subcommands.Add(host);
var bare = new Command("bare-node", "The bare node that 'cluster' measures against; started by it.");
bare.SetAction(async (_, _) =>
{
    await BareNode.RunAsync();
    return 0;
});
root.Subcommands.Add(bare);
return await root.Parse(args).InvokeAsync();

static bool IsLive(string group) => group.Split('.')[0] == "live";

static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.###", CultureInfo.InvariantCulture);
