using System.Collections.Immutable;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Alerts;

/// <summary>
/// Who of a department answers when (值班表). Of shifts that overlap one counts: an override before a holiday shift before a regular one; of
/// the same kind the one that began last, because it is the hand-over.
/// </summary>
public sealed record DutyRoster(ImmutableArray<Shift> Shifts)
{
    /// <summary>The most shifts that a department keeps.</summary>
    public const int MostShifts = 1_000;

    /// <summary>Shifts that ended longer ago are forgotten; the journal remembers them.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(31);

    public static DutyRoster Empty { get; } = new([]);

    /// <summary>Who is at a place of the chain at an instant; null when nobody is.</summary>
    public Shift? At(ChainRank rank, DateTimeOffset instant, WorkingCalendar calendar) => Shifts
        .Where(shift => shift.Rank == rank && shift.Covers(instant, calendar))
        .OrderByDescending(shift => shift.Kind)
        .ThenByDescending(shift => shift.From)
        .ThenBy(shift => shift.Person.Text, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>The shifts that touch a span, in the order in which they begin.</summary>
    public IEnumerable<Shift> Within(DateTimeOffset from, DateTimeOffset to) => Shifts
        .Where(shift => shift.From < to && shift.To > from)
        .OrderBy(shift => shift.From).ThenBy(shift => shift.Rank).ThenBy(shift => shift.Person.Text, StringComparer.Ordinal);

    /// <summary>When nobody is at a place of the chain, inside a span.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> GapsIn(ChainRank rank, DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar)
    {
        DateTimeOffset? since = null;
        foreach (var instant in Turns(rank, from, to, calendar))
        {
            var covered = instant == to || At(rank, instant, calendar) is not null;
            if (!covered)
                since ??= instant;
            else if (since is { } began && began < instant)
                yield return (began, instant);
            if (covered)
                since = null;
        }
    }

    /// <summary>The roster with other shifts inside a span; what reaches into it from outside is cut at its edge.</summary>
    public DutyRoster Replace(DateTimeOffset from, DateTimeOffset to, ImmutableArray<Shift> shifts) =>
        new([.. Shifts.SelectMany(shift => shift.Outside(from, to)), .. shifts]);

    /// <summary>The roster with one more shift.</summary>
    public DutyRoster Add(Shift shift) => new(Shifts.Add(shift));

    /// <summary>The roster without what ended long ago.</summary>
    public DutyRoster Forget(DateTimeOffset now) => new(Shifts.RemoveAll(shift => shift.To < now - Memory));

    // Who is on duty can only change where a shift begins or ends, or, for holiday shifts, at midnight.
    private SortedSet<DateTimeOffset> Turns(ChainRank rank, DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar)
    {
        var turns = new SortedSet<DateTimeOffset> { from, to };
        foreach (var shift in Within(from, to).Where(shift => shift.Rank == rank))
        {
            if (shift.From > from)
                turns.Add(shift.From);
            if (shift.To < to)
                turns.Add(shift.To);
            if (shift.Kind == ShiftKind.Holiday)
                turns.UnionWith(calendar.MidnightsWithin(shift.From, shift.To).Where(midnight => midnight > from && midnight < to));
        }

        return turns;
    }
}

/// <summary>A time for which somebody stands at a place of the chain.</summary>
/// <param name="To">Not part of it.</param>
public sealed record Shift(
    PersonId Person, string Name, ChainRank Rank, DateTimeOffset From, DateTimeOffset To, ShiftKind Kind, ImmutableArray<AlertContact> Contacts)
{
    /// <summary>True when it counts at an instant. A holiday shift counts on days off only.</summary>
    public bool Covers(DateTimeOffset instant, WorkingCalendar calendar) =>
        instant >= From && instant < To && (Kind != ShiftKind.Holiday || !calendar.IsWorkingDay(calendar.DayOf(instant)));

    /// <summary>What of it lies outside a span.</summary>
    public IEnumerable<Shift> Outside(DateTimeOffset from, DateTimeOffset to)
    {
        if (From < from)
            yield return this with { To = To < from ? To : from };
        if (To > to)
            yield return this with { From = From > to ? From : to };
    }
}

/// <summary>What a shift is, in the order of what counts less.</summary>
public enum ShiftKind
{
    /// <summary>正常班.</summary>
    Regular,

    /// <summary>节假日班: counts on days off, by the city's calendar.</summary>
    Holiday,

    /// <summary>替班: in the place of whoever else would be on duty.</summary>
    Override,
}

/// <summary>A way to reach a person.</summary>
/// <param name="Address">A mail address, a telephone number, the name of a webhook, or the endpoint of a push subscription.</param>
/// <param name="Key">The public key of a push subscription (RFC 8291); <paramref name="Secret"/> its authentication secret.</param>
/// <param name="Since">When a browser was subscribed. It is believed as long as a token of then is.</param>
public sealed record AlertContact(AlertChannel Channel, string Address, string? Key = null, string? Secret = null, DateTimeOffset? Since = null);

/// <summary>How a person is reached.</summary>
public enum AlertChannel
{
    Webhook,
    Email,
    WebPush,
    Sms,
    Voice,
}
