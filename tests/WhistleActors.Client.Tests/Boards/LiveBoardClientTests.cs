using Microsoft.Extensions.Time.Testing;
using Shouldly;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Whistles;
using Xunit;

namespace WhistleActors.Client.Tests.Boards;

public sealed class LiveBoardClientTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly FakeSource source = new();
    private readonly List<BoardChange> changes = [];
    private readonly LiveBoardClient board;

    public LiveBoardClientTests() => board = new LiveBoardClient(source, "city", options: null, changes.Add, clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => board.DisposeAsync();

    [Fact]
    public async Task A_picture_is_shown_only_when_its_snapshot_is_whole()
    {
        var line = await source.NextAsync(Cancel);
        line.From.ShouldBeNull();
        line.Send(Frame("e", 0, 1, 2, reset: true, Sample.Whistle("1-1", 3)));
        await Task.Delay(20, Cancel);
        board.Picture.ShouldBeNull();
        board.Age.ShouldBeNull();
        board.IsFresh.ShouldBeFalse();

        line.Send(Frame("e", 1, 2, 2, reset: false, Sample.Whistle("1-2", 1)));
        var picture = await board.WaitForAsync(_ => true, Cancel);

        picture.Whistles.Keys.Order(StringComparer.Ordinal).ShouldBe(["1-1", "1-2"]);
        changes.ShouldHaveSingleItem().Rebuilt.ShouldBeTrue();
        board.IsFresh.ShouldBeTrue();
    }

    [Fact]
    public async Task After_a_gap_it_subscribes_again_from_where_it_was()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true, Sample.Whistle("1-1", 3)));
        line.Send(Frame("e", 5, 6, 6, reset: false, Sample.Whistle("1-1", 5)));

        var next = await EventuallyNextAsync();

        next.From.ShouldBe(new BoardPosition("e", 2));
        board.Picture!.Whistles["1-1"].Version.ShouldBe(3);
    }

    [Fact]
    public async Task It_comes_back_for_as_long_as_it_takes_and_keeps_its_picture_meanwhile()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true, Sample.Whistle("1-1", 3)));
        await board.WaitForAsync(_ => true, Cancel);
        line.End(new IOException("gone"));

        for (var i = 0; i < 20; i++)
            (await EventuallyNextAsync()).End(new IOException("still gone"));

        board.IsConnected.ShouldBeFalse();
        board.Trouble.ShouldBeOfType<IOException>();
        board.Picture!.Whistles.ShouldContainKey("1-1");

        var back = await EventuallyNextAsync();
        back.From.ShouldBe(new BoardPosition("e", 2));
        back.Send(Frame("f", 0, 1, 1, reset: true, Sample.Whistle("1-2", 1)));
        var picture = await board.WaitForAsync(picture => picture.Position.Epoch == "f", Cancel);
        picture.Whistles.Keys.ShouldBe(["1-2"]);
        board.IsConnected.ShouldBeTrue();
        board.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task When_access_was_withdrawn_it_says_so_and_does_not_come_back()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true, Sample.Whistle("1-1", 3)));
        await board.WaitForAsync(_ => true, Cancel);
        line.End(new AccessWithdrawnException("access-withdrawn: …"));

        await Should.ThrowAsync<AccessWithdrawnException>(board.WaitForAsync(_ => false, Cancel));
        clock.Advance(TimeSpan.FromMinutes(10));

        (board.IsConnected, board.Connections).ShouldBe((false, 1));
        board.Trouble.ShouldBeOfType<AccessWithdrawnException>();
        board.Picture!.Whistles.ShouldContainKey("1-1");
    }

    [Fact]
    public async Task A_silent_connection_is_given_up()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true));
        await board.WaitForAsync(_ => true, Cancel);

        (await EventuallyNextAsync()).From.ShouldBe(new BoardPosition("e", 2));
    }

    [Fact]
    public async Task The_picture_grows_old_and_a_heartbeat_makes_it_young_again()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true));
        await board.WaitForAsync(_ => true, Cancel);
        clock.Advance(TimeSpan.FromSeconds(11));
        board.Age.ShouldBe(TimeSpan.FromSeconds(11));
        board.IsFresh.ShouldBeFalse();

        line.Send(Frame("e", 2, 2, 2, reset: false));
        while (board.Age > TimeSpan.Zero)
            await Task.Delay(1, Cancel);

        board.IsFresh.ShouldBeTrue();
        changes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_frame_that_was_held_up_on_its_way_counts_as_old_as_it_is()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true));
        await board.WaitForAsync(_ => true, Cancel);
        var made = Frame("e", 2, 3, 3, reset: false, Sample.Whistle("1-1", 1));
        clock.Advance(TimeSpan.FromSeconds(8));

        line.Send(made);
        await board.WaitForAsync(picture => picture.Position.Sequence == 3, Cancel);

        board.Age.ShouldBe(TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_whistle_that_ended_is_told_once_and_taken_down()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true, Sample.Whistle("1-1", 3)));
        line.Send(Frame("e", 2, 3, 3, reset: false, Sample.Whistle("1-1", 4, WhistleStage.Closed)));

        await board.WaitForAsync(picture => picture.Whistles.IsEmpty, Cancel);

        changes[^1].Whistles.ShouldHaveSingleItem().Stage.ShouldBe(WhistleStage.Closed);
    }

    [Fact]
    public async Task It_ends_cleanly_and_so_do_its_readers()
    {
        var line = await source.NextAsync(Cancel);
        line.Send(Frame("e", 0, 2, 2, reset: true));
        var seen = 0;
        var reading = Task.Run(async () =>
        {
            await foreach (var _ in board.PicturesAsync(Cancel))
                seen++;
        }, Cancel);
        await board.WaitForAsync(_ => true, Cancel);

        await board.DisposeAsync();

        await reading.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        seen.ShouldBeLessThanOrEqualTo(1);
        board.Picture.ShouldNotBeNull();
    }

    private BoardFrame Frame(string epoch, long from, long to, long head, bool reset, params WhistleView[] whistles) =>
        new(epoch, from, to, head, reset, to == head, clock.GetUtcNow(), whistles, [], City: null);

    // Moves the clock until the next subscription comes.
    private async Task<FakeSource.Subscription> EventuallyNextAsync()
    {
        var next = source.NextAsync(Cancel).AsTask();
        while (!next.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(next, Task.Delay(1, Cancel));
        }

        return await next;
    }
}
