using System.Threading.Channels;
using Akka.Actor;

namespace WhistleActors.Actors.Tests.Harness;

/// <summary>Stands for an actor: the test reads what it was told.</summary>
internal sealed class Mailbox
{
    private readonly Channel<object> messages = Channel.CreateUnbounded<object>();
    private readonly Senders senders = new();

    public Mailbox(IActorRefFactory system)
    {
        var (writer, senders) = (messages.Writer, this.senders);
        Receiver = system.ActorOf(Props.Create(() => new Taker(writer, senders)));
    }

    public IActorRef Receiver { get; }

    public async Task<object> ReceiveAsync(TimeSpan patience) => await messages.Reader.ReadAsync().AsTask().WaitAsync(patience);

    /// <summary>Answers whoever sent the last message.</summary>
    public void Reply(object answer) => senders.Last.Tell(answer);

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

    private sealed class Senders
    {
        public volatile IActorRef Last = ActorRefs.Nobody;
    }

    private sealed class Taker(ChannelWriter<object> writer, Senders senders) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            senders.Last = Sender;
            writer.TryWrite(message);
        }
    }
}
