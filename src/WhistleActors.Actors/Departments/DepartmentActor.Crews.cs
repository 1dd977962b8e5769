using Akka.Actor;
using WhistleActors.Domain.Crews;

namespace WhistleActors.Actors.Departments;

/// <summary>What is ordered of the department's crews.</summary>
internal sealed partial class DepartmentActor
{
    private void Decide(CrewOrder order)
    {
        var asker = Sender;
        var (events, refusal) = CrewOrderRules.Decide(ahead, node.Pack, order, node.Clock.GetUtcNow());
        if (refusal is not null)
        {
            asker.Tell(new DepartmentAnswer(refusal));
            return;
        }

        waiting.Add(asker);
        foreach (var happened in events)
            Foresee(Domain.Departments.DepartmentFold.Apply(ahead, happened));

        // Akka takes no empty write. What was so already may still be on its way to the disk.
        if (!events.IsEmpty)
        {
            PersistAllAsync(events, _ =>
            {
                state = underWay.Dequeue();
                PublishSoon();
                SnapshotNowAndThen();
            });
        }

        DeferAsync(events, _ =>
        {
            waiting.Remove(asker);
            asker.Tell(new DepartmentAnswer(null));
        });
    }
}
