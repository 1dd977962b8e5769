using WhistleActors.Client;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Ledgers;

/// <summary>Holds a ledger against what the server has now: nothing accepted may be missing, nothing may be there twice, and no whistle of the run that nobody sent.</summary>
internal sealed class LedgerCheck(Ledger ledger, WhistleClient observer, IServerRecord server)
{
    private int verified;

    /// <summary>Whistles that were held against the server's record.</summary>
    public int Verified => Volatile.Read(ref verified);

    public int ToVerify => ledger.Whistles.Count;

    /// <returns>What should not be.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel) =>
    [
        .. await new Verifier(server).VerifyAsync([.. ledger.Whistles.Values], () => Interlocked.Increment(ref verified), cancel),
        .. await UnknownAsync(cancel),
    ];

    // What got no answer may have taken effect, once; where it did, the whistle's first event says so by its key.
    private async Task<IReadOnlyList<Finding>> UnknownAsync(CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            string? cursor = null;
            do
            {
                var page = await observer.OpenWhistlesAsync("city", limit: 200, cursor, cancel);
                foreach (var whistle in page.Whistles.Where(whistle => Cast.IsOf(ledger.Head.Run, whistle.BlownBy.Person) && !ledger.Whistles.ContainsKey(whistle.Id)))
                {
                    var trace = await server.TraceAsync(whistle.Id, cancel);
                    if (KeyOf(trace) is not { } key || !ledger.UnansweredBlows.Contains(key))
                        findings.Add(new Finding(FindingKind.Doubled, whistle.Id, "blown, but never acknowledged"));
                    else if (!seen.Add(key))
                        findings.Add(new Finding(FindingKind.Doubled, whistle.Id, $"blown twice by {key}"));
                }

                cursor = page.Next;
            }
            while (cursor is not null);
        }
        catch (Exception failure) when (failure is UnreachableException or RefusedException)
        {
            findings.Add(new Finding(FindingKind.Unreachable, "", failure.Message));
        }

        return findings;
    }

    private static string? KeyOf(TraceView? trace) => trace?.Events is [var first, ..] ? Verifier.KeyOf(first) : null;
}
