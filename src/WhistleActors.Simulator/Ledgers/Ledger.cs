using System.Text.Json;
using WhistleActors.Planning.Files;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Ledgers;

/// <summary>A ledger as it was read.</summary>
/// <param name="Whistles">What was acknowledged, by whistle.</param>
/// <param name="UnansweredBlows">Keys of blown whistles that got no answer: the server may hold one whistle for each, or none.</param>
/// <param name="Commands">Commands that were sent.</param>
/// <param name="Torn">True when the last line is a part: the run was killed while it wrote it.</param>
internal sealed record Ledger(LedgerHead Head, IReadOnlyDictionary<string, WhistleRecord> Whistles, IReadOnlySet<string> UnansweredBlows, int Commands, bool Torn)
{
    /// <summary>Reads a ledger.</summary>
    /// <param name="name">What faults call the file.</param>
    /// <returns>Null, with faults noted, when it is none.</returns>
    public static Ledger? Read(string name, IEnumerable<string> lines, FaultList faults)
    {
        using var rest = lines.GetEnumerator();
        if (!rest.MoveNext() || Parse<LedgerHead>(rest.Current) is not { Ledger: LedgerHead.Version, Run: not null, Server: not null } head)
        {
            faults.Add(name, 1, LedgerFaultCode.NoHead, $"这不是模拟器的流水账（版本 {LedgerHead.Version}）。", $"This is not a ledger of the simulator (version {LedgerHead.Version}).");
            return null;
        }

        var sent = new Dictionary<string, LedgerLine>(StringComparer.Ordinal);
        var answered = new Dictionary<string, LedgerLine>(StringComparer.Ordinal);
        var whistles = new Dictionary<string, WhistleRecord>(StringComparer.Ordinal);
        var torn = 0;
        for (var number = 2; rest.MoveNext(); number++)
        {
            if (torn > 0)
                faults.Add(name, torn, LedgerFaultCode.BadLine, "这一行不是流水账的内容。", "This line is none of a ledger.");
            torn = 0;
            switch (Parse<LedgerLine>(rest.Current))
            {
                case { Sent: { } key, Command: not null } line:
                    sent.TryAdd(key, line);
                    break;
                case { Accepted: { } key, Whistle: not null, Version: not null } line when Answers(key, line):
                    var command = sent[key];
                    Record(line.Whistle).Acknowledge(new Acknowledgement(command.Command!.Value, command.Department, line.Version.Value, key));
                    break;
                case { Refused: { } key, Code: not null } line when Answers(key, line):
                    break;
                case { Accepted: not null } or { Refused: not null }:
                    faults.Add(name, number, LedgerFaultCode.BadAnswer, "这个答复没有对应的已发送命令，或与先前的答复不同。", "This answers nothing that was sent, or differs from an earlier answer.");
                    break;
                default:
                    torn = number;
                    break;
            }
        }

        var blows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, line) in sent.Where(entry => !answered.ContainsKey(entry.Key)))
        {
            if (line.Whistle is null)
                blows.Add(key);
            else
                Record(line.Whistle).NoteUnknown(line.Command!.Value, line.Department);
        }

        return faults.Any ? null : new Ledger(head, whistles, blows, sent.Count, torn > 0);

        bool Answers(string key, LedgerLine line) => sent.ContainsKey(key) && answered.TryAdd(key, line);

        WhistleRecord Record(string whistle)
        {
            if (!whistles.TryGetValue(whistle, out var record))
                whistles[whistle] = record = new WhistleRecord(whistle, since: 0);
            return record;
        }
    }

    private static T? Parse<T>(string line)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, LedgerJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
