using System.Collections.Immutable;
using WhistleActors.Actors.Crews;
using WhistleActors.Domain.Crews;

namespace WhistleActors.Actors.Departments;

/// <summary>What is ordered of the department's crews.</summary>
internal sealed partial class DepartmentActor
{
    private void Decide(GiveCrewOrder given)
    {
        var about = given.Order.Command switch
        {
            AssignCrew assign => assign.Whistle,
            PrioritiseSummons prioritise => prioritise.Whistle,
            _ => default(Domain.Whistles.WhistleId?),
        };
        var span = BeginOrder(given.Order.Command, about, given.Trace);
        var (events, refusal) = CrewOrderRules.Decide(ahead, node.Pack, given.Order, node.Clock.GetUtcNow());
        Answer(events, refusal, span, Store);
    }

    private void Store(ImmutableArray<CrewEvent> events)
    {
        // Akka takes no empty write.
        if (events.IsEmpty)
            return;
        foreach (var happened in events)
            Foresee(Domain.Departments.DepartmentFold.Apply(ahead, happened));
        PersistAllAsync(events, _ =>
        {
            state = underWay.Dequeue();
            PublishSoon();
            SnapshotNowAndThen();
        });
    }
}
