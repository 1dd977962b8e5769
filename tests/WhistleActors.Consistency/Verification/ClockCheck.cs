using WhistleActors.Consistency.Histories;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Consistency.Verification;

/// <summary>Whether what happened says when, by the database's clock, which told when it was committed: nodes whose own clocks are minutes wrong must not show it.</summary>
internal static class ClockCheck
{
    /// <summary>Nothing happens after it is stored: beyond this it was another clock.</summary>
    internal static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1);

    /// <summary>What happened is stored soon, unless the cluster is disturbed: beyond this it was another clock.</summary>
    internal static readonly TimeSpan Behind = TimeSpan.FromSeconds(10);

    internal static IEnumerable<Violation> Of(IEnumerable<JournalRow> rows, History history) =>
        from row in rows
        where row.Committed is not null && At(row.Event) is not null
        let at = At(row.Event)!.Value
        let committed = row.Committed!.Value
        where at - committed > Ahead || (committed - at > Behind && !history.Excuses(at, committed))
        select new Violation("clock", $"{row.Owner} {row.Number}: {row.Manifest} says {at:HH:mm:ss.fff} and was stored at {committed:HH:mm:ss.fff}");

    private static DateTimeOffset? At(object happened) => happened switch
    {
        GridEvent grid => grid.At,
        DepartmentEvent department => department.At,
        AlertEvent alert => alert.At,
        _ => null,
    };
}
