using System.Collections.Immutable;
using WhistleActors.Domain.Calendars;

namespace WhistleActors.Domain.Alerts;

/// <summary>How a person wants to be told. An emergency overrides all of it.</summary>
/// <param name="Channels">Only by these; by all when empty.</param>
/// <param name="QuietFrom">From this time of day on the person is not disturbed, until <paramref name="QuietTo"/>; over midnight when that is earlier.</param>
public sealed record NotificationRules(ImmutableArray<AlertChannel> Channels, TimeOnly? QuietFrom, TimeOnly? QuietTo)
{
    /// <summary>By every way, at any hour.</summary>
    public static NotificationRules None { get; } = new([], null, null);

    /// <summary>True when a channel may be used.</summary>
    public bool Allows(AlertChannel channel) => Channels.IsEmpty || Channels.Contains(channel);

    /// <summary>The first instant from <paramref name="instant"/> on at which the person may be disturbed.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset instant, WorkingCalendar calendar)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to || from == to)
            return instant;
        var local = TimeZoneInfo.ConvertTime(instant, calendar.Zone);

        // IsBetween goes over midnight by itself.
        if (!TimeOnly.FromDateTime(local.DateTime).IsBetween(from, to))
            return instant;
        var day = TimeOnly.FromDateTime(local.DateTime) < to ? calendar.DayOf(instant) : calendar.DayOf(instant).AddDays(1);
        return calendar.InstantOf(day, to);
    }
}
