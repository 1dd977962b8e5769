using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;
using WhistleActors.Domain.Access;

namespace WhistleActors.Actors.Access;

/// <summary>Keeps a node's <see cref="AccessBook"/>: is told of each withdrawal at once, and asks from time to time, because that may be lost.</summary>
internal sealed class AccessFollower(AccessBook book, Func<IActorRef> access) : UntypedActor, IWithTimers
{
    internal const string Topic = "access";

    private static readonly TimeSpan UntilKnown = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        DistributedPubSub.Get(Context.System).Mediator.Tell(new Subscribe(Topic, Self));
        Ask();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AccessState heard:
                book.Take(heard);
                break;
            case AskAgain:
                Ask();
                break;
        }
    }

    private void Ask()
    {
        access().Tell(new AskAccess(), Self);
        Timers.StartSingleTimer(nameof(AskAgain), AskAgain.Instance, book.Known.IsCompleted ? Afterwards : UntilKnown);
    }

    private sealed class AskAgain
    {
        internal static readonly AskAgain Instance = new();
    }
}
