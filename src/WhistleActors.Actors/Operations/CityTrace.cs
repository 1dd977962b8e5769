using System.Diagnostics;

namespace WhistleActors.Actors.Operations;

/// <summary>
/// Spans of all that is done for one cause: from the request through grid and department to whoever is told. What travels in the messages between actors is a W3C
/// <c>traceparent</c>, and only while somebody records that trace; else a message is as it was, and nothing is made.
/// </summary>
public static class CityTrace
{
    /// <summary>The name of the source.</summary>
    public const string Name = "WhistleActors";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Where we are in a trace, to be sent along with a message; null when nobody records it.</summary>
    internal static string? Here => Source.HasListeners() ? Of(Activity.Current) : null;

    /// <summary>A span as the parent of others, anywhere; null when nobody records it.</summary>
    public static string? Of(Activity? span) => span is { Recorded: true, IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    /// <summary>
    /// Begins a span under what a message carried; null when that is nothing. It does not become the current one: it ends in another turn of its actor.
    /// </summary>
    /// <param name="others">Further causes, to which it is linked.</param>
    internal static Activity? Begin(string name, string? parent, IEnumerable<string>? others = null)
    {
        if (parent is null || !Source.HasListeners() || !ActivityContext.TryParse(parent, null, isRemote: true, out var context))
            return null;
        var before = Activity.Current;
        var links = others?.Select(other => new ActivityLink(ActivityContext.Parse(other, null)));
        var span = Source.StartActivity(name, ActivityKind.Internal, context, tags: null, links);
        Activity.Current = before;
        return span;
    }

    /// <summary>Begins a call to somebody outside, under the current span; null when there is none that is recorded.</summary>
    public static Activity? BeginCall(string name) => Here is null ? null : Source.StartActivity(name, ActivityKind.Client);

    /// <summary>Ends a span with what it came to.</summary>
    internal static void End(this Activity? span, string answer, bool failed = false)
    {
        if (span is null)
            return;
        span.SetTag("whistle.answer", answer);
        if (failed)
            span.SetStatus(ActivityStatusCode.Error, answer);
        span.Stop();
    }

    /// <summary>Ends the span of an order and the one of its storing when the journal did not store it.</summary>
    internal static void EndNotStored(Activity? order, Activity? storing)
    {
        storing.End("not-stored", failed: true);
        order.End("not-stored", failed: true);
    }

    /// <summary>Does something inside a span, so that what it calls belongs to it.</summary>
    internal static T Within<T>(Activity? span, Func<T> act)
    {
        if (span is null)
            return act();
        var before = Activity.Current;
        Activity.Current = span;
        try
        {
            return act();
        }
        finally
        {
            Activity.Current = before;
        }
    }
}
