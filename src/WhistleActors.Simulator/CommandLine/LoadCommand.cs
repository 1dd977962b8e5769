using System.CommandLine;
using WhistleActors.Simulator.Ledgers;
using WhistleActors.Simulator.Load;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>The sub-commands that load a server as a file says, and that hold an earlier load's ledger against it.</summary>
internal static class LoadCommand
{
    private const int UsualConcurrency = 512;

    public static Command Create(CommonOptions common, TimeProvider clock)
    {
        var file = new Argument<FileInfo>("scenario") { Description = "The scenario file (scenarios/load/README.md)" };
        var ledger = new Option<FileInfo?>("--ledger") { Description = "A new file for everything that is sent and answered; by default one in the folder for temporary files" };
        var html = new Option<FileInfo?>("--html") { Description = "Write the report as one self-contained page as well" };
        var command = new Command(
            "load",
            "Loads a server as a scenario file says. Whistles come at their times however long the server takes, and latency counts from then. "
            + "--speed overrides the file's 'compress'. Ctrl+C ends it with a partial report, which is verified as well.")
        {
            file, ledger, html,
        };
        command.SetAction((parsed, stop) => new LoadJob(
            parsed.GetRequiredValue(file).FullName,
            parsed.GetValue(ledger)?.FullName,
            parsed.GetValue(html)?.FullName,
            scenario => common.Read(parsed, scenario?.Compress ?? 1, TimeSpan.Zero, UsualConcurrency),
            clock).RunAsync(stop));
        return command;
    }

    public static Command Check(CommonOptions common, TimeProvider clock)
    {
        var file = new Argument<FileInfo>("ledger") { Description = "The ledger of a load, even of one that was killed" };
        var command = new Command("check", "Holds a ledger against the server that it names, or against --server: nothing accepted may be missing, nothing may be there twice.") { file };
        command.SetAction((parsed, stop) => new CheckJob(parsed.GetRequiredValue(file).FullName, common.GivenServer(parsed), common.Read(parsed, 1, TimeSpan.Zero), clock).RunAsync(stop));
        return command;
    }
}
