using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Measures;

namespace WhistleActors.Simulator.Verification;

/// <summary>What the server has acknowledged about one whistle. Thread-safe.</summary>
/// <param name="since">The version before the first command of this run; 0 when the run blew it.</param>
internal sealed class WhistleRecord(string id, long since)
{
    private readonly Lock gate = new();
    private readonly List<Acknowledgement> acknowledged = [];
    private WhistleView? newest;
    private bool hasUnknown;

    public string Id => id;

    public long Since => since;

    public IReadOnlyList<Acknowledgement> Acknowledged
    {
        get
        {
            lock (gate)
                return [.. acknowledged];
        }
    }

    /// <summary>The newest state that an answer showed.</summary>
    public WhistleView? Newest
    {
        get
        {
            lock (gate)
                return newest;
        }
    }

    /// <summary>True when a command got no answer: then the server may know more than was acknowledged.</summary>
    public bool HasUnknown
    {
        get
        {
            lock (gate)
                return hasUnknown;
        }
    }

    public void Acknowledge(CommandKind kind, string? department, WhistleView answer)
    {
        lock (gate)
        {
            acknowledged.Add(new Acknowledgement(kind, department, answer.Version));
            if (newest is null || newest.Version < answer.Version)
                newest = answer;
        }
    }

    public void NoteUnknown()
    {
        lock (gate)
            hasUnknown = true;
    }
}
