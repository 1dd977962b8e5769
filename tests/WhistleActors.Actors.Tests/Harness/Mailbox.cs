using System.Threading.Channels;
using Akka.Actor;

namespace WhistleActors.Actors.Tests.Harness;

/// <summary>Stands for an actor: the test reads what it was told.</summary>
internal sealed class Mailbox
{
    private readonly Channel<object> messages = Channel.CreateUnbounded<object>();

    public Mailbox(IActorRefFactory system)
    {
        var writer = messages.Writer;
        Receiver = system.ActorOf(Props.Create(() => new Taker(writer)));
    }

    public IActorRef Receiver { get; }

    public async Task<object> ReceiveAsync(TimeSpan patience) => await messages.Reader.ReadAsync().AsTask().WaitAsync(patience);

    /// <summary>Takes out what has come until now.</summary>
    public void Drain()
    {
        while (messages.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>True when something comes within a time.</summary>
    public async Task<bool> HearsWithinAsync(TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        try
        {
            return await messages.Reader.WaitToReadAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed class Taker(ChannelWriter<object> writer) : UntypedActor
    {
        protected override void OnReceive(object message) => writer.TryWrite(message);
    }
}
