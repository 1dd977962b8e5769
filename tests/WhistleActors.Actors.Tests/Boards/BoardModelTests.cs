using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Gates;
using WhistleActors.Client.Boards;
using WhistleActors.Contract;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Boards;

/// <summary>
/// The real boards and the real client, several of each, around one journal. What is published may be lost, doubled, late and out of order; a node
/// may lag behind the journal or start anew; lines lose and double frames and break; screens go from node to node, and start anew.
/// </summary>
public sealed class BoardModelTests
{
    private const int Nodes = 3;
    private const int Whistles = 7;
    private static readonly string[] Scopes = ["city", "city", "district:990101", "subdistrict:990102001"];
    private static readonly string[] Departments = ["990101-roads", "990101001", "waterworks"];
    private static readonly int Screens = Scopes.Length;

    private static readonly Gen<Step> GenStep = Gen.Frequency(
        (8, Gen.Select(Gen.Int[1, Whistles], Gen.Int[0, 9], Gen.Enum<Fate>().Array[Nodes], (id, end, fates) => (Step)new Step.Happen(id, end == 0, fates))),
        (4, Gen.Select(Gen.Int[0, Departments.Length - 1], Gen.Int[0, 9], Gen.Enum<Fate>().Array[Nodes], (department, open, fates) => (Step)new Step.Loaded(department, open, fates))),
        (4, Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[0, 50], (node, which) => (Step)new Step.Arrive(node, which))),
        (5, Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[1, 6], (node, most) => (Step)new Step.Read(node, most))),
        (6, Gen.Select(Gen.Int[0, Nodes - 1], Gen.Bool, (node, beat) => (Step)new Step.Pulse(node, beat))),
        (12, Gen.Select(Gen.Int[0, Screens - 1], Gen.Int[0, 9], (screen, luck) => (Step)new Step.Frame(screen, luck))),
        (3, Gen.Select(Gen.Int[0, Screens - 1], Gen.Int[0, Nodes - 1], (screen, node) => (Step)new Step.Connect(screen, node))),
        (1, Gen.Int[0, Screens - 1].Select(screen => (Step)new Step.Reload(screen))),
        (1, Gen.Int[0, Nodes - 1].Select(node => (Step)new Step.Restart(node))),
        (1, Gen.Int[1, 12].Select(minutes => (Step)new Step.Wait(minutes))));

    private enum Fate
    {
        AtOnce,
        Twice,
        Late,
        Lost,
    }

    [Fact]
    public void Whatever_is_lost_late_or_doubled_no_screen_goes_back_and_all_are_right_in_the_end() =>
        GenStep.Array[0, 150].Sample(steps => new World().Run(steps), iter: 2_000, threads: 1);

    private static PublishedWhistle State(int number, long version, bool ended)
    {
        var grid = number % 3 == 0 ? ExampleCity.Station.Text : ExampleCity.Belfry.Text;
        return new(new Whistle(
            WhistleId.Parse($"{grid}-{number}"), version, SubdistrictCode.Parse(grid[..9]), DistrictCode.Parse(grid[..6]), ExampleCity.BurstMain,
            WhistleOccasion.Emergency, WhistleLevel.Emergency, WhistleChain.Service, 1, "x", null, "example/1", null, ExampleCity.Morning, ExampleCity.Street,
            [new Summons(ExampleCity.Waterworks, DutyRole.Lead, null, null, null, null, null, null, ImmutableArray<Veto>.Empty, null, null, null)],
            ended ? new Ending(WhistleStage.Closed, ExampleCity.Morning, ExampleCity.Street, null) : null));
    }

    private static LoadForecastView Forecast(LoadView load) => new(load.Department, load.Version, load.Open, 2 * load.Open);

    private abstract record Step
    {
        /// <summary>Something is stored, and published to each node.</summary>
        public sealed record Happen(int Id, bool Ends, Fate[] Fates) : Step;

        /// <summary>A department's load changes, and with it where it tends to.</summary>
        public sealed record Loaded(int Department, int Open, Fate[] Fates) : Step;

        /// <summary>Something late arrives after all.</summary>
        public sealed record Arrive(int Node, int Which) : Step;

        /// <summary>A node reads on in the journal.</summary>
        public sealed record Read(int Node, int Most) : Step;

        public sealed record Pulse(int Node, bool Beat) : Step;

        /// <summary>A screen's next frame is made, and comes through or not.</summary>
        public sealed record Frame(int Screen, int Luck) : Step;

        public sealed record Connect(int Screen, int Node) : Step;

        public sealed record Reload(int Screen) : Step;

        public sealed record Restart(int Node) : Step;

        public sealed record Wait(int Minutes) : Step;
    }

    private sealed class World
    {
        private readonly FakeTimeProvider clock = new(ExampleCity.Morning);
        private readonly List<Action<LiveBoard>> journal = [];
        private readonly Dictionary<string, Whistle> truth = [];
        private readonly SortedDictionary<string, LoadView> loads = [];
        private readonly Node[] nodes;
        private readonly Screen[] screens;

        public World()
        {
            nodes = [.. Enumerable.Range(0, Nodes).Select(_ => new Node(clock))];
            screens = [.. Scopes.Select(scope => new Screen(BoardScope.Parse(scope)!, truth, loads))];
        }

        public void Run(Step[] steps)
        {
            foreach (var step in steps)
                Do(step);

            // Peace: everybody reads to the end.
            for (var i = 0; i < Screens; i++)
                screens[i].Connect(nodes[i % Nodes]);
            foreach (var node in nodes)
            {
                node.Read(journal, int.MaxValue);
                node.Read(journal, int.MaxValue);
                node.Frames.MoveOn(beat: true);
            }

            foreach (var screen in screens)
            {
                for (var i = 0; i < 20; i++)
                    screen.Take(luck: 9);
                screen.ShouldShowTheTruth();
            }
        }

        private void Do(Step step)
        {
            switch (step)
            {
                case Step.Happen happen:
                    Happen(happen);
                    break;
                case Step.Loaded(var department, var open, var fates):
                    Loaded(Departments[department], open, fates);
                    break;
                case Step.Arrive(var node, var which):
                    nodes[node].Arrive(which);
                    break;
                case Step.Read(var node, var most):
                    nodes[node].Read(journal, most);
                    break;
                case Step.Pulse(var node, var beat):
                    nodes[node].Frames.MoveOn(beat);
                    break;
                case Step.Frame(var screen, var luck):
                    screens[screen].Take(luck);
                    break;
                case Step.Connect(var screen, var node):
                    screens[screen].Connect(nodes[node]);
                    break;
                case Step.Reload(var screen):
                    screens[screen].Reload();
                    break;
                case Step.Restart(var node):
                    foreach (var screen in screens.Where(screen => screen.Node == nodes[node]))
                        screen.Disconnect();
                    nodes[node] = new Node(clock);
                    break;
                case Step.Wait(var minutes):
                    clock.Advance(TimeSpan.FromMinutes(minutes));
                    break;
            }
        }

        private void Happen(Step.Happen happen)
        {
            var id = State(happen.Id, 1, ended: false).Whistle.Id.Text;
            var before = truth.GetValueOrDefault(id);
            if (before is { Stage: not WhistleStage.Open })
                return;
            var state = State(happen.Id, (before?.Version ?? 0) + 1, before is not null && happen.Ends);
            truth[id] = state.Whistle;
            Tell(board => board.Merge(state), happen.Fates);
        }

        private void Loaded(string department, int open, Fate[] fates)
        {
            var version = (loads.GetValueOrDefault(department)?.Version ?? 0) + 1;
            var load = loads[department] = new LoadView(department, version, open, open, 0, 0, 0, 0, 0, 1, 0);
            Tell(board => board.Merge(load), fates);
            Tell(board => board.Merge(Forecast(load)), fates);
        }

        private void Tell(Action<LiveBoard> state, Fate[] fates)
        {
            journal.Add(state);
            for (var node = 0; node < Nodes; node++)
                nodes[node].Hear(state, fates[node]);
        }
    }

    private sealed class Node
    {
        private readonly List<Action<LiveBoard>> late = [];
        private int read;
        private long? reading;

        public Node(FakeTimeProvider clock)
        {
            Board = new LiveBoard(ExampleCity.Pack, clock);

            // Its own clock stands still: it moves on when it is told.
            Frames = new BoardFrames(Board, new CityGates(new GateSettings(), clock), new FakeTimeProvider());
        }

        public LiveBoard Board { get; }

        public BoardFrames Frames { get; }

        public void Hear(Action<LiveBoard> state, Fate fate)
        {
            if (fate is Fate.AtOnce or Fate.Twice)
                state(Board);
            if (fate == Fate.Late || fate == Fate.Twice)
                late.Add(state);
        }

        public void Arrive(int which)
        {
            if (late.Count == 0)
                return;
            late[which % late.Count](Board);
            late.RemoveAt(which % late.Count);
        }

        public void Read(List<Action<LiveBoard>> journal, int most)
        {
            reading ??= Board.Sure.Begin();
            for (var left = most; left > 0 && read < journal.Count; left--)
                journal[read++](Board);
            if (read < journal.Count)
                return;
            Board.Sure.Reached(reading.Value);
            reading = null;
        }
    }

    private sealed class Screen(BoardScope scope, Dictionary<string, Whistle> truth, SortedDictionary<string, LoadView> loads)
    {
        private readonly Dictionary<string, long> eyes = [];
        private readonly Dictionary<string, long> loadEyes = [];
        private PictureKeeper keeper = new();
        private BoardReader? reader;
        private Dictionary<string, Whistle>? mustHave;
        private Dictionary<string, LoadView>? mustHaveLoads;

        public Node? Node { get; private set; }

        public void Connect(Node node)
        {
            Node = node;
            reader = new BoardReader(node.Board, node.Frames, scope, keeper.Position);

            // Whoever comes from elsewhere is shown nothing older than what is stored at this moment.
            var returns = keeper.Position?.Epoch == node.Board.Epoch;
            mustHave = returns ? null : new(truth);
            mustHaveLoads = returns ? null : new(loads);
        }

        public void Disconnect() => (Node, reader) = (null, null);

        /// <summary>The page is loaded anew: it knows nothing any more, whoever stands before it does.</summary>
        public void Reload()
        {
            keeper = new PictureKeeper();
            Disconnect();
        }

        public void Take(int luck)
        {
            if (reader?.Read(Node!.Frames.Now) is not { } written)
                return;
            var frame = JsonSerializer.Deserialize(written.Utf8.Span, ContractJson.Types.BoardFrame)!;
            if (luck == 0)
                return;
            if (luck == 1)
            {
                Disconnect();
                return;
            }

            Take(frame);
            if (luck == 2 && reader is not null)
                Take(frame);
        }

        public void ShouldShowTheTruth()
        {
            keeper.Picture.ShouldNotBeNull();
            keeper.Picture.Whistles.Values.Select(whistle => (whistle.Id, whistle.Version)).Order()
                .ShouldBe(truth.Values.Where(whistle => whistle.Stage == WhistleStage.Open && scope.Shows(whistle)).Select(whistle => (whistle.Id.Text, whistle.Version)).Order());
            var shown = loads.Values.Where(Shows).ToList();
            keeper.Picture.Departments.Values.OrderBy(load => load.Department, StringComparer.Ordinal).ShouldBe(shown);
            keeper.Picture.Districts.Values.Select(load => (load.District, load.Open, load.Version)).ShouldBe(
                loads.Values.Where(load => load.Department.StartsWith("990101", StringComparison.Ordinal)).GroupBy(_ => "990101")
                    .Where(_ => scope.Name is "city" or "district:990101")
                    .Select(own => (own.Key, own.Sum(load => load.Open), own.Sum(load => load.Version))));
            keeper.Picture.Forecasts.Values.OrderBy(forecast => forecast.Organisation, StringComparer.Ordinal).ShouldBe(shown.Select(Forecast));
        }

        private bool Shows(LoadView load)
        {
            var code = DepartmentCode.Parse(load.Department);
            return scope.Shows(code, ExampleCity.Pack.PartyOf(code)?.District);
        }

        private void Take(BoardFrame frame)
        {
            var taken = keeper.Take(frame, TimeSpan.Zero, out _);
            if (taken == Taken.Gap)
                Connect(Node!);
            if (taken != Taken.Complete)
                return;
            var picture = keeper.Picture!;
            foreach (var (id, version) in eyes)
            {
                if (picture.Whistles.TryGetValue(id, out var now))
                    now.Version.ShouldBeGreaterThanOrEqualTo(version, $"{id} went back");
                else
                    truth[id].Stage.ShouldNotBe(WhistleStage.Open, $"{id} vanished though it is open");
            }

            foreach (var old in mustHave?.Values.Where(whistle => whistle.Stage == WhistleStage.Open && scope.Shows(whistle)) ?? [])
            {
                if (picture.Whistles.TryGetValue(old.Id.Text, out var now))
                    now.Version.ShouldBeGreaterThanOrEqualTo(old.Version, $"{old.Id} is older than what was stored when the screen came");
                else
                    truth[old.Id.Text].Stage.ShouldNotBe(WhistleStage.Open, $"{old.Id} is missing though it was stored when the screen came");
            }

            foreach (var (department, version) in loadEyes)
                picture.Departments[department].Version.ShouldBeGreaterThanOrEqualTo(version, $"the load of {department} went back");
            foreach (var old in mustHaveLoads?.Values.Where(Shows) ?? [])
                picture.Departments[old.Department].Version.ShouldBeGreaterThanOrEqualTo(old.Version, $"the load of {old.Department} is older than what was stored when the screen came");

            (mustHave, mustHaveLoads) = (null, null);
            foreach (var load in picture.Departments.Values)
                loadEyes[load.Department] = load.Version;
            eyes.Clear();
            foreach (var whistle in picture.Whistles.Values)
                eyes[whistle.Id] = whistle.Version;
        }
    }
}
