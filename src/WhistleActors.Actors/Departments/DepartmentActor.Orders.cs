using System.Collections.Immutable;
using System.Diagnostics;
using Akka.Actor;
using WhistleActors.Actors.Operations;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Departments;

/// <summary>What orders about alerts and about crews have in common: one answer each, when it is stored, and one span.</summary>
internal sealed partial class DepartmentActor
{
    // Who waits for an answer, with the order's span and the one of its storing, for whoever records its trace.
    private readonly Dictionary<IActorRef, (Activity? Order, Activity? Storing)> waiting = [];

    private Activity? BeginOrder(object command, WhistleId? whistle, string? trace)
    {
        var span = CityTrace.Begin("department order", trace)?.SetTag("whistle.department", state.Department.Text).SetTag("whistle.command", command.GetType().Name);
        return whistle is { } about ? span?.SetTag("whistle.id", about.Text) : span;
    }

    /// <summary>Answers whoever gave an order: with the refusal, or when what it caused is stored.</summary>
    /// <param name="store">Stores what it caused; given nothing, it stores nothing.</param>
    /// <param name="then">What is done after that.</param>
    private void Answer<TEvent>(ImmutableArray<TEvent> events, Refusal? refusal, Activity? span, Action<ImmutableArray<TEvent>> store, Action? then = null)
    {
        var asker = Sender;
        if (refusal is not null)
        {
            asker.Tell(new DepartmentAnswer(refusal));
            span.End(refusal.Code);
            return;
        }

        var storing = events.IsEmpty ? null : CityTrace.Begin("department persist", CityTrace.Of(span))?.SetTag("whistle.events", events.Length);
        waiting[asker] = (span, storing);
        store(events);

        // What was so already may still be on its way to the disk.
        DeferAsync(events, _ =>
        {
            waiting.Remove(asker);
            storing?.Stop();
            asker.Tell(new DepartmentAnswer(null));
            span.End("accepted");
            then?.Invoke();
        });
    }

    private void RefuseWaiting()
    {
        foreach (var (asker, (order, storing)) in waiting)
        {
            CityTrace.EndNotStored(order, storing);
            asker.Tell(new DepartmentAnswer(null, Stored: false));
        }

        waiting.Clear();
    }
}
