using System.Diagnostics;
using Akka.Actor;
using Akka.Persistence;
using WhistleActors.Actors.Operations;
using WhistleActors.Domain.Access;

namespace WhistleActors.Actors.Access;

/// <summary>Knows whose tokens are not believed any more; there is one in the cluster. It stores what the rules decide, answers after that, and tells every node.</summary>
internal sealed class AccessActor(TimeProvider clock, Action<AccessState> publish) : CityActor
{
    /// <summary>The name of the only one.</summary>
    internal const string Name = "access";

    private const int EventsPerSnapshot = 100;

    private AccessState state = AccessState.Empty;
    private (IActorRef Asker, Activity? Order, Activity? Storing) storing = (ActorRefs.Nobody, null, null);

    /// <inheritdoc/>
    public override string PersistenceId => Name;

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: AccessState snapshot }:
                state = snapshot;
                break;
            case AccessEvent happened:
                state = AccessRules.Apply(state, happened);
                break;
        }
    }

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case GiveAccessOrder given:
                Decide(given.Order, given.Trace);
                break;
            case AskAccess:
                Sender.Tell(state);
                break;
            case StopAccess:
                Context.Stop(Self);
                break;
            default:
                KeepHouse(message);
                break;
        }
    }

    protected override void NotStored(Exception cause)
    {
        CityTrace.EndNotStored(storing.Order, storing.Storing);
        storing.Asker.Tell(new AccessAnswer(state, Stored: false));
    }

    private void Decide(AccessOrder order, string? trace)
    {
        var span = CityTrace.Begin("access order", trace)?.SetTag("whistle.command", order.Command.GetType().Name);
        var (happened, refusal) = AccessRules.Decide(state, order, clock.GetUtcNow());
        if (happened is null)
        {
            Sender.Tell(new AccessAnswer(state, refusal));
            span.End(refusal?.Code ?? "unchanged");
            return;
        }

        storing = (Sender, span, CityTrace.Begin("access persist", CityTrace.Of(span)));
        Persist(happened, stored =>
        {
            storing.Storing?.Stop();
            state = AccessRules.Apply(state, stored);
            publish(state);
            storing.Asker.Tell(new AccessAnswer(state));
            storing.Order.End("accepted");
            if (LastSequenceNr % EventsPerSnapshot == 0)
                SaveSnapshot(state);
        });
    }
}

/// <summary>Ends the actor on a departing node, after all that it was asked before.</summary>
internal sealed class StopAccess
{
    internal static readonly StopAccess Instance = new();
}
