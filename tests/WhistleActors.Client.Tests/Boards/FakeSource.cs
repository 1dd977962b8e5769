using System.Runtime.CompilerServices;
using System.Threading.Channels;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Client.Tests.Boards;

/// <summary>Frames by hand: each subscription is handed to the test, which writes to it, ends it or lets it fail.</summary>
internal sealed class FakeSource : IFrameSource
{
    private readonly Channel<Subscription> subscriptions = Channel.CreateUnbounded<Subscription>();

    public ValueTask<Subscription> NextAsync(CancellationToken cancel) => subscriptions.Reader.ReadAsync(cancel);

    public async IAsyncEnumerable<BoardFrame> FollowAsync(string board, BoardPosition? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        var subscription = new Subscription(position, Channel.CreateUnbounded<BoardFrame>());
        subscriptions.Writer.TryWrite(subscription);
        await foreach (var frame in subscription.Frames.Reader.ReadAllAsync(cancel))
            yield return frame;
    }

    internal sealed record Subscription(BoardPosition? From, Channel<BoardFrame> Frames)
    {
        public void Send(BoardFrame frame) => Frames.Writer.TryWrite(frame);

        public void End(Exception? failure = null) => Frames.Writer.TryComplete(failure);
    }
}
