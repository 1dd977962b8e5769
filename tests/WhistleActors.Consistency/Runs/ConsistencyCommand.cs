using System.CommandLine;
using WhistleActors.Consistency.Faults;
using WhistleActors.Consistency.Mutants;

namespace WhistleActors.Consistency.Runs;

/// <summary>The command line.</summary>
internal static class ConsistencyCommand
{
    internal static RootCommand Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long people work and faults rain", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "Decides which faults strike whom in which order, and what people do", DefaultValueFactory = _ => Random.Shared.Next(1, 1_000_000) };
        var faults = new Option<string[]>("--faults") { Description = $"Which faults; all when left out: {string.Join(", ", AllFaults.List.Select(fault => fault.Name))}", AllowMultipleArgumentsPerToken = true };
        var workers = new Option<int>("--workers") { Description = "How many people live through whistles at once", DefaultValueFactory = _ => 6 };
        var pace = new Option<double>("--pace") { Description = "How long faults last, against the usual", DefaultValueFactory = _ => 1 };
        var mutant = new Option<string?>("--mutant") { Description = $"Plants a bug that must be found: {string.Join(", ", Mutant.All.Select(known => known.Name))}" };
        var keep = new Option<DirectoryInfo?>("--keep") { Description = "Folder for the verdict, the history and the nodes' logs" };
        faults.AcceptOnlyFromAmong([.. AllFaults.List.Select(fault => fault.Name)]);
        mutant.AcceptOnlyFromAmong([.. Mutant.All.Select(known => known.Name)]);
        var root = new RootCommand("Three nodes on PostgreSQL under faults, held to what they acknowledged. Exit codes: 0 every promise was kept, 1 not, 2 a fault that was named cannot strike on this machine.") { minutes, seed, faults, workers, pace, mutant, keep };
        root.SetAction(async (parsed, cancel) =>
        {
            var named = parsed.GetValue(faults) ?? [];
            if (AllFaults.List.FirstOrDefault(fault => named.Contains(fault.Name) && fault.Hindrance is not null) is { } hindered)
            {
                Say($"{hindered.Name} cannot strike here: {hindered.Hindrance}");
                return 2;
            }

            var verdict = await ConsistencyRun.RunAsync(
                new RunSettings(
                    parsed.GetValue(seed),
                    TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                    [.. AllFaults.List.Where(fault => named.Length == 0 || named.Contains(fault.Name))])
                {
                    Workers = parsed.GetValue(workers),
                    Pace = parsed.GetValue(pace),
                    Mutant = Mutant.All.SingleOrDefault(known => known.Name == parsed.GetValue(mutant)),
                    Keep = parsed.GetValue(keep)?.FullName,
                    Say = Say,
                },
                cancel);
            Console.WriteLine(VerdictJson.Write(verdict));
            return verdict.Violations.Count == 0 ? 0 : 1;
        });
        return root;
    }

    private static void Say(string what) => Console.Error.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {what}");
}
