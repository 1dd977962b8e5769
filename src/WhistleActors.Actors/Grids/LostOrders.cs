using Akka.Actor;
using Akka.Event;
using WhistleActors.Actors.Clustering;
using WhistleActors.Actors.Operations;

namespace WhistleActors.Actors.Grids;

/// <summary>
/// Answers orders that no grid will take any more, such as those that waited behind a write that failed: their callers learn at once that
/// nothing has changed, and need not wait until their patience ends. What was lost on its way to another node is asked again (<see cref="NodeWatch"/>).
/// </summary>
internal sealed class LostOrders : UntypedActor
{
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));

    protected override void OnReceive(object message)
    {
        CityMeter.WasUnheard();
        var asker = message switch
        {
            DeadLetter { Message: GiveOrder } lost when !NodeWatch.IsLostOnItsWay(lost) => lost.Sender,
            DeadLetter { Message: GridActor.Confirmed { Answer: OrderRefused, To: var from } } => from,
            _ => null,
        };
        asker?.Tell(new OrderNotStored("The grid stopped before it came to this order."));
    }
}
