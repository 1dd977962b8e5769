namespace WhistleActors.Simulator.Ledgers;

/// <summary>The stable codes of what can be wrong with a ledger.</summary>
internal static class LedgerFaultCode
{
    /// <summary>The first line is not the head of a ledger of this version.</summary>
    public const string NoHead = "no-ledger";

    /// <summary>A line that is not the last is none of a ledger.</summary>
    public const string BadLine = "bad-line";

    /// <summary>An answer to what was never sent, or a second one that differs from the first.</summary>
    public const string BadAnswer = "bad-answer";
}
