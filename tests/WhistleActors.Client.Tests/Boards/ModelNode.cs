using System.Collections.Immutable;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client.Tests.Boards;

/// <summary>The board of one server node, as its contract describes it, without anything clever.</summary>
internal sealed class ModelNode(string epoch, int mostPerFrame)
{
    private readonly Dictionary<string, (long Sequence, WhistleView Whistle)> byId = [];
    private readonly List<ImmutableDictionary<string, WhistleView>> history = [[]];
    private long forgotten;

    public string Epoch => epoch;

    public long Head { get; private set; }

    private int MostPerFrame => mostPerFrame;

    public void Merge(WhistleView whistle)
    {
        if (byId.TryGetValue(whistle.Id, out var held) && held.Whistle.Version >= whistle.Version)
            return;
        byId[whistle.Id] = (++Head, whistle);
        Remember();
    }

    /// <summary>Forgets the ends that it has told of.</summary>
    public void Forget()
    {
        foreach (var (id, (sequence, _)) in byId.Where(entry => entry.Value.Whistle.Stage != WhistleStage.Open).ToList())
        {
            byId.Remove(id);
            forgotten = Math.Max(forgotten, sequence);
        }
    }

    /// <summary>The whistles that it knew when its board had that sequence.</summary>
    public ImmutableDictionary<string, WhistleView> KnownAt(long sequence) => history[(int)sequence];

    public Reader Subscribe(BoardPosition? position) => new(this, position);

    /// <summary>One subscription: where it is, and where the head was when its snapshot began.</summary>
    internal sealed class Reader(ModelNode node, BoardPosition? position)
    {
        private BoardPosition? position = position;
        private long snapshotHead = -1;

        public BoardFrame Read()
        {
            var reset = position is null
                || position.Epoch != node.Epoch
                || position.Sequence > node.Head
                || (position.Sequence < node.forgotten && snapshotHead < node.forgotten);
            if (reset)
                snapshotHead = node.Head;
            var from = reset ? 0 : position!.Sequence;
            var changed = node.byId.Values.Where(entry => entry.Sequence > from).OrderBy(entry => entry.Sequence).Take(node.MostPerFrame + 1).ToList();
            var more = changed.Count > node.MostPerFrame;
            var to = more ? changed[^2].Sequence : node.Head;
            position = new BoardPosition(node.Epoch, to);
            return new BoardFrame(
                node.Epoch, from, to, node.Head, reset, to == node.Head, DateTimeOffset.UnixEpoch,
                [.. changed.Take(node.MostPerFrame).Select(entry => entry.Whistle)], [], City: null);
        }
    }

    private void Remember() => history.Add(history[^1].SetItems(byId.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Whistle))));
}
