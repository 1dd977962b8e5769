using System.CommandLine;
using WhistleActors.Simulator.Scenarios;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>The command line: one sub-command a scenario.</summary>
internal static class SimulateCommand
{
    // scripts/simulate names the copy beside the repository.
    private static readonly string Tickets =
        Environment.GetEnvironmentVariable("WHISTLE_NYC311") ?? "../shared/data/nyc311/service-requests-2024-04-16.csv";

    public static RootCommand Create(TimeProvider clock)
    {
        var common = new CommonOptions();
        var root = new RootCommand(
            "Drives a live WhistleActors server over its public API: whistles are blown, departments sign, travel, check in on the spot, settle; some late, some never. "
            + "Ends with a summary and a verification that nothing acknowledged was lost. Exit codes: 0 good; 1 something was lost, doubled, refused without reason or not answered; "
            + "2 not allowed; 3 server unreachable; 4 a file is not sound; 5 stopped.");
        common.AddTo(root);
        root.Subcommands.Add(common.WithBehaviour(Storm(common, clock)));
        root.Subcommands.Add(common.WithBehaviour(Rate(common, clock)));
        root.Subcommands.Add(common.WithBehaviour(Life(common, clock)));
        root.Subcommands.Add(common.WithBehaviour(LoadCommand.Create(common, clock), exceptLedger: true));
        root.Subcommands.Add(LoadCommand.Check(common, clock));
        root.Subcommands.Add(common.WithBehaviour(NewYork(common, clock)));
        root.Subcommands.Add(PlanCommand.Create(common));
        return root;
    }

    private static Command Storm(CommonOptions common, TimeProvider clock)
    {
        var count = Positive(new Option<int>("--whistles", "-n") { Description = "How many", DefaultValueFactory = _ => 300 });
        var command = new Command("storm", "Many whistles at once, in as many grids (usual --speed 3600, --patience 0)") { count };
        command.SetAction((parsed, stop) => Run.Async(
            "storm",
            common.Read(parsed, usualSpeed: 3600, TimeSpan.Zero),
            clock,
            given => new Storm(parsed.GetValue(count), given.Settings.Seed, given.City, given.Planner),
            stop));
        return command;
    }

    private static Command Rate(CommonOptions common, TimeProvider clock)
    {
        var perMinute = new Option<double>("--per-minute", "-r") { Description = "Whistles a minute on average (Poisson)", DefaultValueFactory = _ => 60 }
            .Within(rate => rate is > 0 and <= 600_000, "a number above 0, at most 600,000");
        var duration = new Option<TimeSpan>("--duration", "-d") { Description = "For how long whistles are blown", DefaultValueFactory = _ => TimeSpan.FromMinutes(1) }
            .Within(time => time > TimeSpan.Zero && time <= TimeSpan.FromDays(1), "a time of at most a day");
        var command = new Command("rate", "Whistles by a rate for a while (usual --speed 600, --patience 0)") { perMinute, duration };
        command.SetAction((parsed, stop) => Run.Async(
            "rate",
            common.Read(parsed, usualSpeed: 600, TimeSpan.Zero),
            clock,
            given => new Rate(parsed.GetValue(perMinute), parsed.GetValue(duration), given.Settings.Seed, given.Planner, clock),
            stop));
        return command;
    }

    private static Command Life(CommonOptions common, TimeProvider clock)
    {
        var fewest = Positive(new Option<int>("--fewest") { Description = "Open whistles on a quiet moment", DefaultValueFactory = _ => 60 });
        var most = Positive(new Option<int>("--most") { Description = "Open whistles on a busy moment", DefaultValueFactory = _ => 120 });
        var command = new Command("life", "A living city without end, for demonstrations; Ctrl+C ends it (usual --speed 12, --patience 00:45:00)") { fewest, most };
        command.SetAction((parsed, stop) => Run.Async(
            "life",
            common.Read(parsed, usualSpeed: 12, TimeSpan.FromMinutes(45)),
            clock,
            given => new GentleLife(parsed.GetValue(fewest), parsed.GetValue(most), given.Settings.Seed, given.Planner, clock),
            stop));
        return command;
    }

    private static Command NewYork(CommonOptions common, TimeProvider clock)
    {
        var file = new Option<FileInfo>("--file") { Description = "A 311 Service Requests file of NYC Open Data", DefaultValueFactory = _ => new FileInfo(Tickets) }.Within(file => file.Exists, "a file that exists");
        var replay = new Option<double>("--replay-speed") { Description = "Minutes of the file that pass in one of ours", DefaultValueFactory = _ => 120 }
            .Within(speed => speed > 0, "a number above 0");
        var most = new Option<int?>("--most") { Description = "Only the first so many requests" }.Within(count => count is null or >= 1, "a number from 1");
        var command = new Command("new-york", "Replays real 311 requests in time order against a server with the new-york pack (usual --speed 600, --patience 0)") { file, replay, most };
        command.SetAction((parsed, stop) => Run.Async(
            "new-york",
            common.Read(parsed, usualSpeed: 600, TimeSpan.Zero),
            clock,
            given => new NewYork(parsed.GetRequiredValue(file).FullName, parsed.GetValue(most), parsed.GetValue(replay), given.City, given.Observer, clock),
            stop));
        return command;
    }

    private static Option<int> Positive(Option<int> option) => option.Within(count => count is >= 1 and <= 1_000_000, "a number from 1 to 1,000,000");
}
