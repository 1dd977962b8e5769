using WhistleActors.Client.Boards;

namespace WhistleActors.Simulator.Measures;

/// <summary>How long after a command's answer its effect shows on a live board. Thread-safe.</summary>
internal sealed class PushMeter(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Track> tracks = [];

    public Latencies Latencies { get; } = new();

    /// <summary>Effects that were answered and have not shown yet.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return tracks.Values.Sum(track => track.Waiting.Count);
        }
    }

    /// <summary>The server has answered with that version.</summary>
    public void Answered(string whistle, long version)
    {
        lock (gate)
        {
            var track = TrackOf(whistle);
            if (track.Shown >= version)
                Latencies.Record(TimeSpan.Zero);
            else
                track.Waiting.Add((version, clock.GetTimestamp()));
        }
    }

    /// <summary>The board shows a change.</summary>
    public void Shown(BoardChange change)
    {
        lock (gate)
        {
            foreach (var whistle in change.Whistles)
                Shown(whistle.Id, whistle.Version);
            if (change.Rebuilt)
                ForgetTakenDown(change);
        }
    }

    /// <summary>The whistle's life is over: what was shown of it need not be remembered.</summary>
    public void Over(string whistle)
    {
        lock (gate)
        {
            if (tracks.TryGetValue(whistle, out var track) && track.Waiting.Count == 0)
                tracks.Remove(whistle);
        }
    }

    private void Shown(string whistle, long version)
    {
        var track = TrackOf(whistle);
        track.Shown = Math.Max(track.Shown, version);
        foreach (var (_, since) in track.Waiting.Where(waiting => waiting.Version <= version))
            Latencies.Record(clock.GetElapsedTime(since));
        track.Waiting.RemoveAll(waiting => waiting.Version <= version);
    }

    // A whistle that ended while the board was away is not told of any more, it is missing: right, but nothing to measure.
    private void ForgetTakenDown(BoardChange change)
    {
        foreach (var (id, track) in tracks)
        {
            if (!change.Picture.Whistles.ContainsKey(id))
                track.Waiting.Clear();
        }
    }

    private Track TrackOf(string whistle)
    {
        if (!tracks.TryGetValue(whistle, out var track))
            tracks[whistle] = track = new Track();
        return track;
    }

    private sealed class Track
    {
        public long Shown { get; set; }

        public List<(long Version, long Since)> Waiting { get; } = [];
    }
}
