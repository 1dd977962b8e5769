using CsCheck;
using Shouldly;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Whistles;
using Xunit;

namespace WhistleActors.Client.Tests.Boards;

/// <summary>A client against a cluster of model nodes, over a line that loses, doubles, reorders and breaks.</summary>
public sealed class PictureKeeperModelTests
{
    private const int Ids = 8;
    private const int Nodes = 3;

    private static readonly Gen<Step> GenStep = Gen.Frequency(
        (5, Gen.Int[0, Ids - 1].Select(id => (Step)new Step.Change(id))),
        (1, Gen.Int[0, Ids - 1].Select(id => (Step)new Step.End(id))),
        (6, Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[0, 7], Gen.Bool, (node, count, again) => (Step)new Step.CatchUp(node, count, again))),
        (10, Gen.Select(Gen.Enum<Fault>(), Gen.Bool, (fault, calm) => (Step)new Step.Deliver(calm ? Fault.None : fault))),
        (1, Gen.Int[0, Nodes - 1].Select(node => (Step)new Step.Connect(node))),
        (1, Gen.Int[0, Nodes - 1].Select(node => (Step)new Step.Restart(node))),
        (1, Gen.Int[0, Nodes - 1].Select(node => (Step)new Step.Forget(node))));

    private enum Fault
    {
        None,
        Lost,
        Doubled,
        HeldBack,
    }

    [Fact]
    public void Whatever_the_line_does_pictures_are_whole_never_go_back_and_are_right_in_the_end() =>
        GenStep.Array[0, 120].Sample(steps => new World().Run(steps), iter: 4_000, threads: 1);

    private abstract record Step
    {
        public sealed record Change(int Id) : Step;

        public sealed record End(int Id) : Step;

        public sealed record CatchUp(int Node, int Count, bool Again) : Step;

        public sealed record Deliver(Fault Fault) : Step;

        public sealed record Connect(int Node) : Step;

        public sealed record Restart(int Node) : Step;

        public sealed record Forget(int Node) : Step;
    }

    private sealed class World
    {
        private readonly PictureKeeper keeper = new();
        private readonly List<WhistleView> truth = [];
        private readonly Dictionary<string, WhistleView> newest = [];
        private readonly Dictionary<string, WhistleView> shown = [];
        private readonly ModelNode[] nodes = [.. Enumerable.Range(0, Nodes).Select(node => new ModelNode($"n{node}", 3))];
        private readonly int[] caughtUp = new int[Nodes];
        private readonly Queue<BoardFrame> heldBack = new();
        private int connectedTo;
        private int restarts;
        private ModelNode.Reader reader;

        public World() => reader = nodes[0].Subscribe(null);

        public void Run(Step[] steps)
        {
            foreach (var step in steps)
                Do(step);
            Settle();
        }

        private void Do(Step step)
        {
            switch (step)
            {
                case Step.Change(var id):
                    Happen(id, WhistleStage.Open);
                    break;
                case Step.End(var id):
                    Happen(id, WhistleStage.Closed);
                    break;
                case Step.CatchUp(var node, var count, var again):
                    CatchUp(node, count, again);
                    break;
                case Step.Deliver(var fault):
                    Deliver(fault);
                    break;
                case Step.Connect(var node):
                    Connect(node);
                    break;
                case Step.Forget(var node):
                    nodes[node].Forget();
                    break;
                case Step.Restart(var node):
                    nodes[node] = new ModelNode($"n{node}-{++restarts}", 3);
                    caughtUp[node] = 0;
                    CatchUp(node, truth.Count / 2, again: false);
                    if (node == connectedTo)
                        Connect(node);
                    break;
            }
        }

        private void Happen(int id, WhistleStage stage)
        {
            var name = $"w{id}";
            var version = 1L;
            if (newest.TryGetValue(name, out var before))
            {
                if (before.Stage != WhistleStage.Open)
                    return;
                version = before.Version + 1;
            }

            var whistle = Sample.Whistle(name, version, stage);
            newest[name] = whistle;
            truth.Add(whistle);
        }

        private void CatchUp(int node, int count, bool again)
        {
            var to = Math.Min(truth.Count, caughtUp[node] + count);
            for (var i = caughtUp[node]; i < to; i++)
                nodes[node].Merge(truth[i]);
            if (again && to > 0)
                nodes[node].Merge(truth[to - 1]);
            caughtUp[node] = to;
        }

        private void Connect(int node)
        {
            connectedTo = node;
            heldBack.Clear();
            reader = nodes[node].Subscribe(keeper.Position);
        }

        private void Deliver(Fault fault)
        {
            var frame = reader.Read();
            if (frame.Reset && (fault == Fault.Lost || fault == Fault.HeldBack))
            {
                // What a snapshot leaves out cannot be missed afterwards: the line keeps the order of a stream, or breaks.
                Connect(connectedTo);
                return;
            }

            if (fault == Fault.HeldBack)
            {
                heldBack.Enqueue(frame);
                return;
            }

            if (fault != Fault.Lost)
                Arrive(frame);
            if (fault == Fault.Doubled)
                Arrive(frame);
            if (fault == Fault.None && heldBack.TryDequeue(out var late))
                Arrive(late);
        }

        private void Arrive(BoardFrame frame)
        {
            var taken = keeper.Take(frame, TimeSpan.Zero, out var change);
            if (taken == Taken.Gap)
                Connect(connectedTo);
            if (taken == Taken.Complete)
                Check(keeper.Picture!);
            if (change is not null)
                change.Picture.ShouldBeSameAs(keeper.Picture);
        }

        private void Check(BoardPicture picture)
        {
            var known = nodes[connectedTo].KnownAt(picture.Position.Sequence);
            foreach (var whistle in picture.Whistles.Values)
            {
                known.ShouldContainKey(whistle.Id, "it shows what its server never had");
                whistle.Version.ShouldBeGreaterThanOrEqualTo(known[whistle.Id].Version, "it is not whole");
                if (shown.TryGetValue(whistle.Id, out var before))
                    whistle.Version.ShouldBeGreaterThanOrEqualTo(before.Version, "it went back");
                shown[whistle.Id] = whistle;
            }

            foreach (var whistle in known.Values.Where(whistle => whistle.Stage == WhistleStage.Open && !picture.Whistles.ContainsKey(whistle.Id)))
                newest[whistle.Id].Version.ShouldBeGreaterThan(whistle.Version, "it leaves out an open one");
        }

        // Every node catches up, the line holds: the picture must become the truth.
        private void Settle()
        {
            for (var node = 0; node < Nodes; node++)
                CatchUp(node, truth.Count, again: false);
            heldBack.Clear();
            for (var i = 0; i < 200 && !(keeper.Picture is not null && keeper.Position == new BoardPosition(nodes[connectedTo].Epoch, nodes[connectedTo].Head)); i++)
                Deliver(Fault.None);
            Deliver(Fault.None);
            keeper.Picture.ShouldNotBeNull();
            keeper.Picture.Whistles.Values.OrderBy(whistle => whistle.Id, StringComparer.Ordinal)
                .ShouldBe(newest.Values.Where(whistle => whistle.Stage == WhistleStage.Open).OrderBy(whistle => whistle.Id, StringComparer.Ordinal));
        }
    }
}
