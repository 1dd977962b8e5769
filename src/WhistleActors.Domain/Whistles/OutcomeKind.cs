namespace WhistleActors.Domain.Whistles;

/// <summary>What became of the work (处置结果).</summary>
public enum OutcomeKind
{
    /// <summary>Done.</summary>
    Resolved,

    /// <summary>Not solvable now: put on the dated ledger (台账).</summary>
    Ledgered,
}
