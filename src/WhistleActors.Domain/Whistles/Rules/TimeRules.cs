using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>What happens to a whistle by time alone.</summary>
internal static class TimeRules
{
    /// <summary>What time will do to the whistle as it stands, in no order. Each is recorded once, after its instant has passed.</summary>
    internal static IEnumerable<Expiry> Awaited(Whistle whistle)
    {
        if (whistle.Stage != WhistleStage.Open)
            yield break;
        if (whistle.Blowing?.Approval is { IsAwaited: true, MissedAt: null, Due: { } approveBy })
            yield return new Expiry(approveBy, ExpiryKind.Approval);
        foreach (var summons in whistle.Summonses)
        {
            foreach (var (clock, due) in summons.RunningClocks())
                yield return new Expiry(due, ExpiryKind.Deadline, summons.Department, clock);
        }
    }

    /// <summary>The events of all that has run out by now, in the order in which it ran out.</summary>
    internal static IEnumerable<GridEvent> Pass(IEnumerable<Whistle> whistles, DateTimeOffset now) =>
        from whistle in whistles
        from expiry in Awaited(whistle)
        where expiry.Due < now
        orderby expiry.Due
        select Record(whistle, expiry, now);

    private static GridEvent Record(Whistle whistle, Expiry expiry, DateTimeOffset now) => expiry.Kind switch
    {
        ExpiryKind.Deadline => new DeadlinePassed(whistle.Id, now, By: null, Key: null, expiry.Department, expiry.Clock, expiry.Due),
        ExpiryKind.Approval => new ApprovalMissed(whistle.Id, now, By: null, Key: null, expiry.Due),
        _ => throw new ArgumentOutOfRangeException(nameof(expiry), expiry.Kind, "unknown expiry"),
    };
}

/// <summary>Something that time will do.</summary>
internal readonly record struct Expiry(DateTimeOffset Due, ExpiryKind Kind, DepartmentCode Department = default, Clock Clock = default);

/// <summary>What can expire.</summary>
internal enum ExpiryKind
{
    /// <summary>A clock of a summons runs out.</summary>
    Deadline,

    /// <summary>The time runs out in which a whistle that sounded first is to be approved.</summary>
    Approval,
}
