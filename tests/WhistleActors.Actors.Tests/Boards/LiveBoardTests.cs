using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Gates;
using WhistleActors.Contract;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Boards;

public sealed class LiveBoardTests
{
    private readonly FakeTimeProvider clock = new(ExampleCity.Morning);

    [Fact]
    public void A_snapshot_holds_what_is_open_and_says_where_it_stands()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 1));
        board.Merge(State(2, version: 1));
        board.Merge(State(2, version: 2, WhistleStage.Closed));
        board.Merge(Load("waterworks", 1));
        board.Merge(Totals(3));

        var frame = Read(board, BoardScope.City, null);

        frame.Reset.ShouldBeTrue();
        frame.Complete.ShouldBeTrue();
        (frame.Epoch, frame.From, frame.To, frame.Head).ShouldBe((board.Epoch, 0, 5, 5));
        frame.At.ShouldBe(ExampleCity.Morning);
        frame.Whistles.Select(whistle => whistle.Id).ShouldBe([Id(1)]);
        frame.Departments.ShouldHaveSingleItem().Version.ShouldBe(1);
        frame.City.ShouldNotBeNull().Version.ShouldBe(3);
    }

    [Fact]
    public void After_a_position_only_what_changed_is_told()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 1));
        board.Merge(State(2, version: 1));
        var position = new BoardPosition(board.Epoch, board.Head);
        board.Merge(State(2, version: 2));

        var frame = Read(board, BoardScope.City, position);

        frame.Reset.ShouldBeFalse();
        (frame.From, frame.To).ShouldBe((2, 3));
        frame.Whistles.ShouldHaveSingleItem().Version.ShouldBe(2);
        frame.City.ShouldBeNull();
    }

    [Fact]
    public void An_older_state_never_replaces_a_newer_one()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 3));
        board.Merge(State(1, version: 2));
        board.Merge(State(1, version: 3));
        board.Merge(Load("waterworks", 5));
        board.Merge(Load("waterworks", 4));

        board.Tidy().ShouldBe(2);
        board.OpenWhistles(BoardScope.City).ShouldHaveSingleItem().Whistle.Version.ShouldBe(3);
        board.Loads().ShouldHaveSingleItem().Version.ShouldBe(5);
    }

    [Fact]
    public void A_whistle_that_ended_is_told_once_more_so_that_it_can_be_taken_down()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 1));
        var position = new BoardPosition(board.Epoch, board.Head);
        board.Merge(State(1, version: 2, WhistleStage.Withdrawn));

        var frame = Read(board, BoardScope.City, position);

        frame.Reset.ShouldBeFalse();
        frame.Whistles.ShouldHaveSingleItem().Stage.ShouldBe(Contract.Whistles.WhistleStage.Withdrawn);
        board.OpenWhistles(BoardScope.City).ShouldBeEmpty();
    }

    [Fact]
    public void Who_was_shown_something_by_a_frame_for_an_empty_board_is_told_when_that_ends()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        var head = board.Tidy();
        board.Merge(State(1, version: 1));

        // The frame speaks for the moment when nothing was there, and has all that came since.
        var first = board.Write(BoardScope.City, null, head, sure: true);
        board.Merge(State(1, version: 2, WhistleStage.Closed));
        var next = Read(board, BoardScope.City, new BoardPosition(board.Epoch, first.To));

        first.To.ShouldBe(0);
        (next.Reset, next.From).ShouldBe((false, 0));
        next.Whistles.ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public void Whoever_missed_an_end_that_is_forgotten_gets_a_new_snapshot_and_who_saw_it_goes_on()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 1));
        var missed = new BoardPosition(board.Epoch, board.Head);
        board.Merge(State(1, version: 2, WhistleStage.Closed));
        var seen = new BoardPosition(board.Epoch, board.Head);
        clock.Advance(LiveBoard.KeepEndedFor + TimeSpan.FromSeconds(1));

        var forMissed = Read(board, BoardScope.City, missed);
        var forSeen = Read(board, BoardScope.City, seen);

        forMissed.Reset.ShouldBeTrue();
        forMissed.Whistles.ShouldBeEmpty();
        (forSeen.Reset, forSeen.Complete).ShouldBe((false, true));
    }

    [Fact]
    public void A_state_that_comes_after_its_end_was_forgotten_does_not_raise_the_dead()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 4, WhistleStage.Closed));
        clock.Advance(LiveBoard.KeepEndedFor + TimeSpan.FromSeconds(1));
        Read(board, BoardScope.City, null);

        board.Merge(State(1, version: 3));

        board.OpenWhistles(BoardScope.City).ShouldBeEmpty();
        Read(board, BoardScope.City, null).Whistles.ShouldBeEmpty();
    }

    [Fact]
    public void A_whistle_that_came_back_is_shown_again_and_its_earlier_end_takes_it_down_no_more()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 4, WhistleStage.Closed));
        board.Merge(State(2, version: 4, WhistleStage.Closed));
        clock.Advance(LiveBoard.KeepEndedFor / 2);
        board.Merge(State(1, version: 5));
        clock.Advance(LiveBoard.KeepEndedFor);
        Read(board, BoardScope.City, null).Whistles.ShouldHaveSingleItem().Version.ShouldBe(5);

        // The other is forgotten by now, and comes back all the same.
        board.Merge(State(2, version: 5));
        board.OpenWhistles(BoardScope.City).Count.ShouldBe(2);
        board.Merge(State(1, version: 6, WhistleStage.Closed));
        clock.Advance(LiveBoard.KeepEndedFor * 2);
        Read(board, BoardScope.City, null).Whistles.ShouldHaveSingleItem().Version.ShouldBe(5);
        board.Merge(State(1, version: 5));
        board.OpenWhistles(BoardScope.City).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("other", 1)]
    [InlineData(null, 3)]
    [InlineData("", 3)]
    [InlineData("own", 4)]
    [InlineData("own", long.MaxValue)]
    [InlineData("own", -1)]
    [InlineData("own", long.MinValue)]
    public void A_position_that_means_nothing_here_gets_a_snapshot(string? epoch, long sequence)
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        for (var i = 1; i <= 3; i++)
            board.Merge(State(i, version: 1));

        var frame = Read(board, BoardScope.City, new BoardPosition(epoch == "own" ? board.Epoch : epoch!, sequence));

        frame.Reset.ShouldBeTrue();
        frame.Whistles.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1_250)]
    public void A_large_snapshot_comes_in_pages_that_join_without_a_gap(int whistles)
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        for (var i = 1; i <= whistles; i++)
            board.Merge(State(i, version: 1));

        var reader = new Reader(board, BoardScope.City);
        var pages = 0;
        do
        {
            pages++;
            pages.ShouldBeLessThanOrEqualTo(whistles);
        }
        while (!reader.ReadOne());

        pages.ShouldBeGreaterThanOrEqualTo((whistles + LiveBoard.MostPerFrame - 1) / LiveBoard.MostPerFrame);
        reader.Picture.Count.ShouldBe(whistles);
    }

    [Fact]
    public void What_changes_between_two_pages_is_in_the_picture_as_it_is_now()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        for (var i = 1; i <= 700; i++)
            board.Merge(State(i, version: 1));
        var reader = new Reader(board, BoardScope.City);
        reader.ReadOne().ShouldBeFalse();

        board.Merge(State(1, version: 2));
        board.Merge(State(2, version: 2, WhistleStage.Closed));
        board.Merge(State(699, version: 2, WhistleStage.Closed));

        while (!reader.ReadOne())
        {
        }

        reader.Picture[Id(1)].ShouldBe(2);
        reader.Picture.Count.ShouldBe(698);
    }

    [Fact]
    public void A_snapshot_of_several_pages_ends_though_an_end_newer_than_its_pages_was_forgotten()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        for (var i = 1; i <= 1_250; i++)
            board.Merge(State(i, version: 1));
        board.Merge(State(1_250, version: 2, WhistleStage.Closed));
        clock.Advance(LiveBoard.KeepEndedFor + TimeSpan.FromSeconds(1));

        var reader = new Reader(board, BoardScope.City);
        for (var pages = 1; !reader.ReadOne(); pages++)
            pages.ShouldBeLessThan(1_249);

        reader.Picture.Count.ShouldBe(1_249);
    }

    [Fact]
    public void A_snapshot_begins_anew_when_an_end_of_what_it_has_shown_is_forgotten_before_it_is_whole()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        for (var i = 1; i <= 1_250; i++)
            board.Merge(State(i, version: 1));
        var reader = new Reader(board, BoardScope.City);
        reader.ReadOne().ShouldBeFalse();
        board.Merge(State(1, version: 2, WhistleStage.Closed));
        clock.Advance(LiveBoard.KeepEndedFor + TimeSpan.FromSeconds(1));

        while (!reader.ReadOne())
        {
        }

        reader.Picture.ShouldNotContainKey(Id(1));
        reader.Picture.Count.ShouldBe(1_249);
    }

    [Fact]
    public void A_district_sums_up_its_own_departments_and_no_city_wide_one()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(Load("waterworks", 1));
        board.DistrictLoads().ShouldBeEmpty();

        board.Merge(Load("990101-roads", 1) with { Open = 3, Summoned = 3, Queue = 2 });
        board.Merge(Load("990101001", 1) with { Open = 2, Summoned = 2, Queue = 2, Crews = 0 });
        var district = board.DistrictLoads().ShouldHaveSingleItem();
        (district.District, district.Departments, district.Crews, district.Open, district.Queue, district.Version).ShouldBe(("990101", 1, 1, 5, 4, 2));

        board.Merge(Load("990101-roads", 3) with { Open = 1, Summoned = 1 });
        var position = new BoardPosition(board.Epoch, board.Tidy());
        board.Merge(Load("990101-roads", 2) with { Open = 9 });
        board.Merge(Load("990101-roads", 4) with { Open = 4, Summoned = 4 });
        var changed = Read(board, BoardScope.City, position).Districts.ShouldHaveSingleItem();
        (changed.Open, changed.Summoned, changed.Queue, changed.Version).ShouldBe((6, 6, 2, 5));
    }

    [Fact]
    public async Task A_load_is_told_once_a_second_however_often_it_changes_and_at_once_to_whoever_comes()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        await using var frames = new BoardFrames(board, new CityGates(new GateSettings(), clock), new FakeTimeProvider());
        var follows = new BoardReader(board, frames, BoardScope.City, new BoardPosition(board.Epoch, 0));
        frames.MoveOn(beat: false);
        follows.Read(frames.Now);
        for (var version = 1; version <= 9; version++)
        {
            board.Merge(Load("990101-roads", version));
            frames.MoveOn(beat: false);
            follows.Read(frames.Now).ShouldBeNull();
        }

        frames.MoveOn(beat: true);
        Frame(follows.Read(frames.Now)).Departments.ShouldHaveSingleItem().Version.ShouldBe(9);

        board.Merge(Load("990101-roads", 10));
        var comes = new BoardReader(board, frames, BoardScope.City, new BoardPosition(board.Epoch, 0));
        frames.MoveOn(beat: false);
        var frame = Frame(comes.Read(frames.Now));
        (frame.Departments.ShouldHaveSingleItem().Version, frame.Districts.ShouldHaveSingleItem().Version).ShouldBe((10, 10));

        static BoardFrame Frame(WrittenFrame? written) => JsonSerializer.Deserialize(written.ShouldNotBeNull().Utf8.Span, ContractJson.Types.BoardFrame)!;
    }

    [Theory]
    [InlineData("city", "990101,990101-roads,waterworks")]
    [InlineData("district:990101", "990101,990101-roads,waterworks")]
    [InlineData("district:990102", "waterworks")]
    [InlineData("department:990101-roads", "990101-roads")]
    [InlineData("subdistrict:990101001", "")]
    public void A_forecast_is_shown_where_the_load_is(string scope, string shown)
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        foreach (var organisation in new[] { "waterworks", "990101-roads", "990101" })
            board.Merge(new LoadForecastView(organisation, 7, 3, 5));
        board.Merge(new LoadForecastView("waterworks", 6, 30, 50));

        var frame = Read(board, BoardScope.Parse(scope)!, null);

        string.Join(',', (frame.Forecasts ?? []).Select(forecast => forecast.Organisation).Order(StringComparer.Ordinal)).ShouldBe(shown);
        (frame.Forecasts ?? []).ShouldAllBe(forecast => forecast.OpenIn30Minutes == 3);
    }

    [Fact]
    public void The_loads_of_a_district_end_alike_in_whatever_order_and_however_often_the_departments_tell_of_theirs() =>
        Gen.Shuffle(Enumerable.Range(0, 12).SelectMany(i => Enumerable.Repeat(i, 2)).ToArray()).Sample(order =>
        {
            var board = new LiveBoard(ExampleCity.Pack, clock);
            foreach (var i in order)
                board.Merge(Load(i % 2 == 0 ? "990101-roads" : "990101001", (i / 2) + 1) with { Open = i });
            var district = board.DistrictLoads().ShouldHaveSingleItem();
            (district.Open, district.Version).ShouldBe((10 + 11, 6 + 6));
        });

    [Theory]
    [InlineData("city", true, true, true)]
    [InlineData("district:990101", true, true, true)]
    [InlineData("district:990102", false, true, false)]
    [InlineData("subdistrict:990101001", true, false, false)]
    [InlineData("subdistrict:990101002", false, false, false)]
    [InlineData("department:waterworks", true, true, false)]
    [InlineData("department:990101-roads", false, false, true)]
    public void A_scope_shows_its_part_of_the_city(string scope, bool whistle, bool waterworks, bool westRoads)
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        board.Merge(State(1, version: 1));
        board.Merge(Load("waterworks", 1));
        board.Merge(Load("990101-roads", 1));

        var frame = Read(board, BoardScope.Parse(scope).ShouldNotBeNull(), null);

        frame.Complete.ShouldBeTrue();
        frame.To.ShouldBe(4);
        frame.Whistles.Count.ShouldBe(whistle ? 1 : 0);
        (frame.Districts ?? []).Select(load => load.District).ShouldBe(scope is "city" or "district:990101" ? ["990101"] : []);
        frame.Departments.Select(load => load.Department).ShouldBe(
            new[] { ("waterworks", waterworks), ("990101-roads", westRoads) }.Where(expected => expected.Item2).Select(expected => expected.Item1));
    }

    [Fact]
    public void Grids_are_named_whose_deadline_passed_unrecorded_until_it_is_recorded_or_the_whistle_ends()
    {
        var board = new LiveBoard(ExampleCity.Pack, clock);
        var noon = ExampleCity.Morning.AddHours(2);
        board.Merge(Due(1, 1, noon));
        board.Merge(Due(2, 1, noon.AddHours(1)));
        board.Merge(Due(3, 1, noon.AddMinutes(1), ExampleCity.Station.Text));
        board.Merge(Due(4, 1, null, ExampleCity.Market.Text));

        board.GridsDueBefore(noon).ShouldBeEmpty();
        board.GridsDueBefore(noon.AddTicks(1)).ShouldBe([ExampleCity.Belfry]);
        board.GridsDueBefore(noon.AddHours(3)).ShouldBe([ExampleCity.Belfry, ExampleCity.Station]);

        board.Merge(Due(1, 2, null));
        board.Merge(Due(1, 1, noon));
        board.Merge(Due(3, 2, noon.AddMinutes(1), ExampleCity.Station.Text, WhistleStage.Closed));
        board.GridsDueBefore(noon.AddMinutes(30)).ShouldBeEmpty();
        board.GridsDueBefore(noon.AddHours(3)).ShouldBe([ExampleCity.Belfry]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("City")]
    [InlineData("city:")]
    [InlineData("city:x")]
    [InlineData("district")]
    [InlineData("district:")]
    [InlineData("district:a b")]
    [InlineData("whistle:99010100100101")]
    [InlineData("whistle:99010100100101-0")]
    [InlineData("grid:99010100100101")]
    [InlineData("department:水")]
    public void What_is_no_scope_is_not_taken_for_one(string? scope) => BoardScope.Parse(scope).ShouldBeNull();

    [Fact]
    public void Every_reader_has_the_true_picture_whenever_it_is_told_that_it_is_complete() =>
        Gen.Select(
            Gen.Int[0, 11], Gen.Int[1, 8], Gen.Int[1, 6], Gen.Int[0, 3], Gen.Int[0, 30],
            (step, whistle, version, reader, minutes) => (step, whistle, version, reader, minutes))
        .List[1, 120]
        .Sample(steps =>
        {
            var time = new FakeTimeProvider(ExampleCity.Morning);
            var board = new LiveBoard(ExampleCity.Pack, time);
            Reader[] readers =
            [
                new(board, BoardScope.City),
                new(board, BoardScope.Parse("district:990101")!),
                new(board, BoardScope.Parse("department:waterworks")!),
                new(board, BoardScope.Parse($"whistle:{Id(3)}")!),
            ];
            var truth = new Dictionary<int, int>();
            foreach (var (step, whistle, version, which, minutes) in steps)
            {
                var reader = readers[which];
                switch (step)
                {
                    case < 6:
                        // Whistles with an even number end with their version 5; version 6 of the others is open.
                        var stage = whistle % 2 == 0 && version >= 5 ? WhistleStage.Closed : WhistleStage.Open;
                        var shown = stage == WhistleStage.Closed ? 5 : version;
                        board.Merge(State(whistle, shown, stage, whistle <= 4 ? ExampleCity.Belfry.Text : ExampleCity.Station.Text));
                        truth[whistle] = Math.Max(truth.GetValueOrDefault(whistle), shown);
                        break;
                    case < 10:
                        if (reader.ReadOne())
                            reader.Picture.ShouldBe(TrueFor(reader.Scope, truth), ignoreOrder: true);
                        break;
                    case 10:
                        time.Advance(TimeSpan.FromMinutes(minutes));
                        break;
                    default:
                        reader.LoseWhatWasReadSince(minutes);
                        break;
                }
            }

            foreach (var reader in readers)
            {
                while (!reader.ReadOne())
                {
                }

                reader.Picture.ShouldBe(TrueFor(reader.Scope, truth), ignoreOrder: true);
            }
        });

    [Fact]
    public async Task Writers_and_readers_at_the_same_time_leave_every_reader_with_the_truth()
    {
        var board = new LiveBoard(ExampleCity.Pack, TimeProvider.System);
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var version = 1; version <= 200; version++)
            {
                for (var whistle = 1; whistle <= 10; whistle++)
                    board.Merge(State(whistle, version));
            }
        })).ToList();
        var reading = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var reader = new Reader(board, BoardScope.City);
            while (!writers.TrueForAll(writer => writer.IsCompleted))
                reader.ReadOne();
            while (!reader.ReadOne())
            {
            }

            return reader.Picture;
        })).ToList();

        await Task.WhenAll(writers);
        foreach (var picture in await Task.WhenAll(reading))
            picture.Values.ShouldAllBe(version => version == 200);
    }

    private static IEnumerable<KeyValuePair<string, long>> TrueFor(BoardScope scope, Dictionary<int, int> truth) =>
        truth.Where(entry => entry.Key % 2 != 0 || entry.Value < 5)
            .Where(entry => scope.Name switch
            {
                "district:990101" => entry.Key <= 4,
                var name when name.StartsWith("whistle:", StringComparison.Ordinal) => name.EndsWith(Id(3), StringComparison.Ordinal) && entry.Key == 3,
                _ => true,
            })
            .Select(entry => KeyValuePair.Create(entry.Key <= 4 ? Id(entry.Key) : Id(entry.Key, ExampleCity.Station.Text), (long)entry.Value));

    private static string Id(int number, string grid = "99010100100101") => $"{grid}-{number}";

    private static PublishedWhistle State(int number, long version, WhistleStage stage = WhistleStage.Open, string grid = "99010100100101") =>
        new(SomeWhistle.Of(WhistleId.Parse(Id(number, grid)), version, stage));

    private static PublishedWhistle Due(int number, long version, DateTimeOffset? signBy, string grid = "99010100100101", WhistleStage stage = WhistleStage.Open)
    {
        var whistle = State(number, version, stage, grid).Whistle;
        return new PublishedWhistle(whistle with { Summonses = [whistle.Summonses[0] with { SignBy = signBy }] });
    }

    private static LoadView Load(string department, long version) => new(department, version, 1, 1, 0, 0, 0, 0, 0, 1, 0);

    private static DayTotals Totals(long version) => new(version, new DateOnly(2026, 3, 10), 1, 0, 0, 0, 0, 0);

    private static BoardFrame Read(LiveBoard board, BoardScope scope, BoardPosition? position)
    {
        var head = board.Tidy();
        return JsonSerializer.Deserialize(board.Write(scope, board.ResumeFrom(board.SequenceOf(position), -1), head, sure: true).Utf8.Span, ContractJson.Types.BoardFrame)!;
    }

    /// <summary>A client as the protocol describes it, that also checks that the server keeps to it.</summary>
    private sealed class Reader(LiveBoard board, BoardScope scope)
    {
        private readonly List<(BoardPosition? Position, Dictionary<string, long> Newest, Dictionary<string, long> Picture)> past = [];
        private readonly Dictionary<string, long> newest = [];
        private BoardPosition? position;
        private long snapshotHead = -1;

        public BoardScope Scope => scope;

        public Dictionary<string, long> Picture { get; private set; } = [];

        /// <summary>Takes one frame; true when the picture is complete.</summary>
        public bool ReadOne()
        {
            past.Add((position, new(newest), new(Picture)));
            var head = board.Tidy();
            var after = board.ResumeFrom(board.SequenceOf(position), snapshotHead);
            if (after is null)
                snapshotHead = head;
            var written = board.Write(scope, after, head, sure: true);
            var (next, complete) = (new BoardPosition(board.Epoch, written.To), written.AtHead);
            var frame = JsonSerializer.Deserialize(written.Utf8.Span, ContractJson.Types.BoardFrame)!;
            written.Utf8.Length.ShouldBeLessThan(LiveBoard.FullFrame + 2_048);
            if (frame.Reset)
                Picture = [];
            frame.From.ShouldBe(frame.Reset ? 0 : position!.Sequence);
            frame.To.ShouldBeInRange(frame.From, frame.Head);
            frame.Complete.ShouldBe(frame.To == frame.Head);
            (next, complete).ShouldBe((new BoardPosition(frame.Epoch, frame.To), frame.Complete));
            (frame.Whistles.Count + frame.Departments.Count).ShouldBeLessThanOrEqualTo(LiveBoard.MostPerFrame);
            foreach (var whistle in frame.Whistles)
            {
                whistle.Version.ShouldBeGreaterThanOrEqualTo(newest.GetValueOrDefault(whistle.Id), "a screen must not go back");
                newest[whistle.Id] = whistle.Version;
                if (whistle.Stage == Contract.Whistles.WhistleStage.Open)
                    Picture[whistle.Id] = whistle.Version;
                else
                    Picture.Remove(whistle.Id);
            }

            position = next;
            return complete;
        }

        /// <summary>Goes back to what it held some frames ago, as after a broken connection; 0 is a reader that lost everything.</summary>
        public void LoseWhatWasReadSince(int frames)
        {
            snapshotHead = -1;
            if (frames == 0 || past.Count == 0)
            {
                (position, Picture) = (null, []);
                newest.Clear();
                return;
            }

            var (then, versions, picture) = past[Math.Max(0, past.Count - frames)];
            (position, Picture) = (then, new(picture));
            newest.Clear();
            foreach (var (id, version) in versions)
                newest[id] = version;
        }
    }
}
