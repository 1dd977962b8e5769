namespace WhistleActors.Simulator.Ledgers;

/// <summary>The first line of a ledger: which run it belongs to.</summary>
/// <param name="Ledger">The version of the format.</param>
/// <param name="Run">What the ids of the run's people begin with, after <c>sim.</c>.</param>
internal sealed record LedgerHead(int Ledger, string Run, Uri Server, string City, string Scenario, int Seed, DateTimeOffset At)
{
    public const int Version = 1;
}
