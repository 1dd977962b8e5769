namespace WhistleActors.Journal;

/// <summary>Which is the highest sequence number of a persistence id, deleted events included; 0 when it has none.</summary>
internal sealed class HighestRequest(string persistenceId) : ReadRequest<long>(persistenceId)
{
    public long Highest { get; set; }

    public override long Found => Highest;

    public override void Reset() => Highest = 0;
}
