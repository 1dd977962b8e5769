using System.Threading.Channels;
using Akka.Actor;
using Shouldly;

namespace WhistleActors.Journal.Tests.Harness;

/// <summary>An actor that keeps what it is told for the test to look at, in order.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();

    public Probe(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Keeper(_received.Writer)));

    public IActorRef Ref { get; }

    public async Task<object> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        return await _received.Reader.ReadAsync(limit.Token);
    }

    public async Task<T> ExpectAsync<T>() => (await NextAsync()).ShouldBeOfType<T>();

    private sealed class Keeper(ChannelWriter<object> received) : UntypedActor
    {
        protected override void OnReceive(object message) => received.TryWrite(message);
    }
}
