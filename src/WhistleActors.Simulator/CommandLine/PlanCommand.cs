using System.CommandLine;
using WhistleActors.Domain.Departments;
using WhistleActors.Simulator.Planning;

namespace WhistleActors.Simulator.CommandLine;

/// <summary>The sub-command that simulates in virtual time, without a server.</summary>
internal static class PlanCommand
{
    public static Command Create(CommonOptions common)
    {
        var file = new Argument<FileInfo>("plan") { Description = "The plan file (scenarios/plans/README.md)" };
        var against = new Option<FileInfo?>("--against") { Description = "A second plan that is run under the same chance and compared with the first" };
        var need = new Option<string[]>("--need") { Description = "Search how many crews these departments need for the plan's target", AllowMultipleArgumentsPerToken = true };
        need.Validators.Add(result =>
        {
            foreach (var code in result.Tokens.Where(token => !DepartmentCode.TryParse(token.Value, out _)))
                result.AddError($"--need takes codes of departments; {code.Value} is none.");
        });
        var threads = new Option<int>("--threads") { Description = "How many replications run at once; the result is the same", DefaultValueFactory = _ => Environment.ProcessorCount }
            .Within(count => count is >= 1 and <= 256, "a number from 1 to 256");
        var html = new Option<FileInfo?>("--html") { Description = "Write the report as one self-contained page as well" };
        var packs = new Option<DirectoryInfo>("--packs")
        {
            Description = "The folder of the city packs",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.GetEnvironmentVariable("WHISTLE_CITY_PACKS") ?? "city-packs"),
        };
        var command = new Command("plan", "Simulates a plan in virtual time, without a server: who comes on time, who is the bottleneck, how many crews are enough. Ctrl+C ends it with a partial report.")
        {
            file, against, need, threads, html, packs,
        };
        command.SetAction((parsed, stop) =>
        {
            var (json, quiet, language, seed) = common.ReadOffline(parsed);
            var asked = new PlanQuestion(
                parsed.GetRequiredValue(file).FullName,
                parsed.GetValue(against)?.FullName,
                [.. (parsed.GetValue(need) ?? []).Select(DepartmentCode.Parse)],
                parsed.GetValue(threads),
                seed,
                parsed.GetRequiredValue(packs).FullName,
                json,
                parsed.GetValue(html)?.FullName,
                quiet,
                language);
            return PlanRun.Async(asked, stop);
        });
        return command;
    }
}
