using System.Text.Json;
using WhistleActors.Client;
using WhistleActors.Contract;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Verification;

/// <summary>Holds what the server acknowledged against what it says afterwards: nothing may be lost, nothing doubled, nothing changed.</summary>
internal sealed class Verifier(IServerRecord server)
{
    private const int Parallel = 16;

    /// <summary>Verifies whistles.</summary>
    /// <param name="progress">Told of each one that is done.</param>
    public async Task<IReadOnlyList<Finding>> VerifyAsync(IReadOnlyCollection<WhistleRecord> records, Action? progress, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            records,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel },
            async (record, token) =>
            {
                var found = await VerifyAsync(record, token);
                lock (findings)
                    findings.AddRange(found);
                progress?.Invoke();
            });
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> VerifyAsync(WhistleRecord record, CancellationToken cancel)
    {
        var acknowledged = record.Acknowledged;
        if (acknowledged.Count == 0)
            return [];
        try
        {
            // The state first: the trace, asked later, can only know more.
            var whistle = await server.WhistleAsync(record.Id, cancel);
            var trace = await server.TraceAsync(record.Id, cancel);
            if (whistle is null || trace is null)
                return [new Finding(FindingKind.Lost, record.Id, "the whistle is unknown")];
            return [.. CheckState(record, whistle), .. CheckTrace(record, acknowledged, whistle, trace)];
        }
        catch (UnreachableException unreachable)
        {
            return [new Finding(FindingKind.Unreachable, record.Id, unreachable.Message)];
        }
        catch (RefusedException refused)
        {
            return [new Finding(FindingKind.Unreachable, record.Id, refused.Message)];
        }
    }

    private static IEnumerable<Finding> CheckState(WhistleRecord record, WhistleView whistle)
    {
        var newest = record.NewestVersion;
        if (whistle.Version < newest)
            yield return new Finding(FindingKind.Lost, record.Id, $"it is at version {whistle.Version}, acknowledged was {newest}");
        if (record.Newest is { } state && whistle.Version == state.Version && Text(whistle) != Text(state))
            yield return new Finding(FindingKind.Changed, record.Id, $"version {state.Version} is not what was acknowledged");
    }

    private static IEnumerable<Finding> CheckTrace(
        WhistleRecord record, IReadOnlyList<Acknowledgement> acknowledged, WhistleView whistle, TraceView trace)
    {
        var events = new Dictionary<long, TraceEventView>();
        var expected = 1L;
        foreach (var happened in trace.Events)
        {
            if (happened.Version != expected++)
                yield return new Finding(FindingKind.Changed, record.Id, $"the trace has version {happened.Version} where {expected - 1} belongs");
            events[happened.Version] = happened;
        }

        if (trace.Events.Count < whistle.Version)
            yield return new Finding(FindingKind.Lost, record.Id, $"the trace ends at {trace.Events.Count}, the whistle is at version {whistle.Version}");

        foreach (var command in acknowledged)
        {
            if (!events.TryGetValue(command.Version, out var happened) || !Matches(command, happened))
                yield return new Finding(FindingKind.Lost, record.Id, $"{Name(command)}, acknowledged as version {command.Version}, is not in the trace");
        }

        foreach (var group in acknowledged.GroupBy(command => (command.Kind, command.Department)))
        {
            var alike = group.First() with { Key = null };
            var stored = trace.Events.Count(happened => happened.Version > record.Since && Matches(alike, happened));
            var commands = group.Select(command => command.Version).Distinct().Count();
            if (commands < group.Count())
                yield return new Finding(FindingKind.Lost, record.Id, $"two commands ({Name(group.First())}) were acknowledged with one event");
            if (stored > commands + record.UnknownOf(group.Key.Kind, group.Key.Department))
                yield return new Finding(FindingKind.Doubled, record.Id, $"{Name(group.First())}: {stored} events for {commands} commands");
        }
    }

    private static bool Matches(Acknowledgement command, TraceEventView happened) =>
        Manifest(command.Kind) == happened.Manifest.Split('.')[0]
        && (command.Key is null || KeyOf(happened) == command.Key)
        && (command.Department is null
            || (happened.Event.TryGetProperty("department", out var department) && department.GetString() == command.Department));

    /// <summary>The <c>Idempotency-Key</c> of the command behind an event; null for what time caused.</summary>
    internal static string? KeyOf(TraceEventView happened) =>
        happened.Event.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.Object && key.TryGetProperty("key", out var text) ? text.GetString() : null;

    private static string Manifest(CommandKind kind) => kind switch
    {
        CommandKind.Blow => "whistle-blown",
        CommandKind.Sign => "summons-signed",
        CommandKind.Depart => "crew-departed",
        CommandKind.CheckIn => "crew-checked-in",
        CommandKind.Report => "outcome-reported",
        CommandKind.Accept => "outcome-accepted",
        CommandKind.FileReport => "report-filed",
        CommandKind.Veto => "outcome-vetoed",
        CommandKind.Release => "department-released",
        CommandKind.Withdraw => "whistle-withdrawn",
        _ => "whistle-closed",
    };

    private static string Name(Acknowledgement command) => command.Department is null ? $"{command.Kind}" : $"{command.Kind} of {command.Department}";

    private static string Text(WhistleView whistle) => JsonSerializer.Serialize(whistle, ContractJson.Types.WhistleView);
}
