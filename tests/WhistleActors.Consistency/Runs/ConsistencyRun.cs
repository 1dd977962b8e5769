using System.Text.Json;
using WhistleActors.Consistency.Crowds;
using WhistleActors.Consistency.Faults;
using WhistleActors.Consistency.Histories;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Consistency.Screens;
using WhistleActors.Consistency.Verification;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Consistency.Runs;

/// <summary>One run: a cluster, people at work, faults; then all is made whole, everything is let come to rest, and what was told is held against the journal.</summary>
internal static class ConsistencyRun
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    internal static async Task<Verdict> RunAsync(RunSettings settings, CancellationToken cancel)
    {
        using var town = Town.Build();
        var folder = Directory.CreateTempSubdirectory("whistle-mutant-").FullName;
        var program = settings.Mutant?.Build(folder) ?? Path.Combine(AppContext.BaseDirectory, "WhistleActors.Server.dll");
        var logs = Directory.CreateDirectory(settings.Keep ?? Path.Combine(folder, "logs")).FullName;
        var (history, stalls) = (new History(), new MachineStalls());
        try
        {
            var faults = settings.Faults.Where(fault => fault.Hindrance is null).ToList();
            foreach (var fault in settings.Faults.Except(faults))
                settings.Say($"Left out: {fault.Name}, {fault.Hindrance}");
            settings.Say("Starting PostgreSQL and three nodes");
            await using var cluster = await NodeCluster.StartAsync(town, program, logs, cancel, faults.Aggregate(Means.None, (all, fault) => all | fault.Needs));
            using var watching = new CancellationTokenSource();
            var watch = stalls.WatchAsync(watching.Token);
            await using var audience = new Audience(cluster, history);
            var began = TimeProvider.System.GetTimestamp();
            var rain = new Rain(cluster, history, faults, settings.Seed, settings.Pace, settings.Say);
            using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel))
            {
                stop.CancelAfter(settings.Length);
                var crowd = new Crowd(town, new Asker(cluster, history, settings.Patience), settings.Seed).RunAsync(settings.Workers, stop.Token, cancel);
                await Task.Delay(settings.CalmAtFirst, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await rain.FallAsync(settings.MostFaults, stop.Token, cancel);
                settings.Say("All is whole; people finish what they do");
                await crowd;
            }

            var length = TimeProvider.System.GetElapsedTime(began);
            var (truth, left) = await RestAsync(cluster, audience, town, history, stalls, settings, cancel);
            await watching.CancelAsync();
            await watch;
            IReadOnlyList<Violation> violations = [.. truth.Violations(history), .. history.Seen, .. left];
            var verdict = new Verdict(settings.Seed, violations, Count(settings, length, history, truth, audience, rain, stalls, cluster));
            if (settings.Keep is { } keep)
                await KeepAsync(keep, history, verdict, cancel);
            return verdict;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What is still under way is given its time; what is still not so then is wrong.
    private static async Task<(Truth Truth, IReadOnlyList<Violation> Left)> RestAsync(
        NodeCluster cluster, Audience audience, Town town, History history, MachineStalls stalls, RunSettings settings, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var now = TimeProvider.System.GetUtcNow();
            var truth = new Truth(await JournalRow.ReadAsync(cluster.ConnectionString, cancel), town.Pack, history, stalls);
            IReadOnlyList<Violation> left = [.. truth.Outstanding(now), .. await cluster.DividedAsync(cancel), .. await audience.CompareAsync(truth, cancel)];
            var took = TimeProvider.System.GetElapsedTime(began);
            if (left.Count == 0 || took > settings.RestsWithin)
            {
                settings.Say(left.Count == 0 ? $"At rest after {took.TotalSeconds:0.0} s" : $"Not at rest after {took.TotalSeconds:0.0} s");
                return (truth, left);
            }

            await Task.Delay(LookEvery, cancel);
        }
    }

    private static Figures Count(RunSettings settings, TimeSpan length, History history, Truth truth, Audience audience, Rain rain, MachineStalls stalls, NodeCluster cluster)
    {
        var commands = history.Commands.Values.ToList();
        var unanswered = commands.Where(command => command.Answers.All(answer => answer is { Whistle: null, Refusal: null })).ToList();
        var done = truth.Grids.Values.SelectMany(story => story.Done).ToHashSet();
        var acknowledged = commands.SelectMany(command => command.Answers).Where(answer => answer.Whistle is not null).OrderBy(answer => answer.At).ToList();
        var events = truth.Rows.Select(row => row.Event).ToList();
        return new Figures(
            length.TotalMinutes,
            commands.Count,
            commands.Count(command => command.Answers.Any(answer => answer.Whistle is not null)),
            unanswered.Count,
            unanswered.Count(command => done.Contains(command.Key)),
            acknowledged.Count(answer => answer.Attempts > 1),
            events.OfType<WhistleBlown>().Count(),
            events.Count,
            events.OfType<GridEvent>().Count(happened => happened.By is null),
            events.OfType<AlertStepsTaken>().Sum(taken => taken.Steps.Length),
            audience.Frames,
            truth.Late.LongestUndisturbed.TotalSeconds,
            truth.Late.Longest.TotalSeconds,
            acknowledged.Zip(acknowledged.Skip(1), (one, next) => (next.At - one.At).TotalSeconds).DefaultIfEmpty().Max(),
            stalls.Longest.TotalSeconds,
            cluster.Wires.Held,
            cluster.Nodes.Sum(node => node.EndedByItself),
            rain.Strikes,
            [.. settings.Faults.Where(fault => fault.Hindrance is not null).Select(fault => fault.Name)]);
    }

    private static async Task KeepAsync(string folder, History history, Verdict verdict, CancellationToken cancel)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "verdict.json"), VerdictJson.Write(verdict), cancel);
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "history.jsonl"), history.Commands.Values.OrderBy(command => command.At).Select(command => JsonSerializer.Serialize(command, VerdictJson.Lines)), cancel);
        await File.WriteAllLinesAsync(Path.Combine(folder, "disturbances.jsonl"), history.Disturbances.Select(disturbance => JsonSerializer.Serialize(disturbance, VerdictJson.Lines)), cancel);
    }
}
