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
    private readonly Dictionary<(CommandKind Kind, string? Department), int> unknown = [];

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

    /// <summary>The newest version that an answer told of; 0 when there was none.</summary>
    public long NewestVersion
    {
        get
        {
            lock (gate)
                return acknowledged.Count == 0 ? 0 : acknowledged.Max(command => command.Version);
        }
    }

    /// <summary>How many such commands got no answer: of those the server may know more than was acknowledged.</summary>
    public int UnknownOf(CommandKind kind, string? department)
    {
        lock (gate)
            return unknown.GetValueOrDefault((kind, department));
    }

    public void Acknowledge(CommandKind kind, string? department, WhistleView answer)
    {
        lock (gate)
        {
            acknowledged.Add(new Acknowledgement(kind, department, answer.Version, Key: null));
            if (newest is null || newest.Version < answer.Version)
                newest = answer;
        }
    }

    /// <summary>An answer of which only the version is known.</summary>
    public void Acknowledge(Acknowledgement command)
    {
        lock (gate)
            acknowledged.Add(command);
    }

    public void NoteUnknown(CommandKind kind, string? department)
    {
        lock (gate)
            unknown[(kind, department)] = unknown.GetValueOrDefault((kind, department)) + 1;
    }
}
