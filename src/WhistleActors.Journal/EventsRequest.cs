namespace WhistleActors.Journal;

/// <summary>A page of the events of a persistence id, in order of their numbers; both ends included.</summary>
internal sealed class EventsRequest(string persistenceId, long from, long to, int limit) : ReadRequest<List<EventRow>>(persistenceId)
{
    public long From { get; } = from;

    public long To { get; } = to;

    public int Limit { get; } = limit;

    public List<EventRow> Rows { get; } = [];

    public override List<EventRow> Found => Rows;

    public override void Reset() => Rows.Clear();
}
