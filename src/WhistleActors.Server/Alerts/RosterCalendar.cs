using System.Globalization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using Ical.Net.Serialization;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Server.Commands;
using Calendar = Ical.Net.Calendar;

namespace WhistleActors.Server.Alerts;

/// <summary>
/// A roster as an iCalendar (RFC 5545): one event for each shift, readable by any calendar; what calendars have no word for stands in
/// properties of our own. Read, an event of any calendar will do that names a person: its categories tell the rank, and series are written out.
/// </summary>
internal static class RosterCalendar
{
    internal const string ContentType = "text/calendar";

    private const string Person = "X-WHISTLE-PERSON";
    private const string Rank = "X-WHISTLE-RANK";
    private const string Kind = "X-WHISTLE-KIND";
    private const string Contact = "X-WHISTLE-CONTACT";

    // A rule that almost never fits would be searched for ever.
    private static readonly EvaluationOptions Bounded = new() { MaxUnmatchedIncrementsLimit = 2_000 };

    /// <summary>Writes a roster's shifts.</summary>
    internal static string Write(DepartmentCode department, IEnumerable<Shift> shifts, DateTimeOffset now)
    {
        var calendar = new Calendar { ProductId = "-//WhistleActors//Roster//EN" };
        foreach (var shift in shifts)
            calendar.Events.Add(Event(department, shift, now));
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    /// <summary>Reads what a calendar says of a span; what reaches out of the span is cut at its edge.</summary>
    /// <param name="zone">In which times without a zone are meant: the city's.</param>
    internal static RosterRequest? Read(string text, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone, Form form)
    {
        try
        {
            var calendar = Calendar.Load(text);
            if (calendar is null)
                return Malformed();
            var shifts = new List<ShiftRequest>();
            foreach (var happening in calendar.Events)
            {
                foreach (var (begins, ends) in Occurrences(happening, from, to, zone))
                {
                    if (shifts.Count == DutyRoster.MostShifts)
                        return TooMany();
                    shifts.Add(Request(happening, begins > from ? begins : from, ends < to ? ends : to));
                }
            }

            return new RosterRequest(from, to, shifts);
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            // The library throws whatever its depths throw, and what it was given comes from outside.
            return Malformed();
        }

        RosterRequest? Malformed()
        {
            form.Wrong("", "not-a-calendar", "The body is not an iCalendar, or a rule in it never ends.", "请求正文不是 iCalendar 日历，或其中的重复规则没有尽头。");
            return null;
        }

        RosterRequest? TooMany()
        {
            form.Wrong("", "too-many", $"At most {DutyRoster.MostShifts} shifts are kept.", $"最多保存 {DutyRoster.MostShifts} 个班次。");
            return null;
        }
    }

    private static IEnumerable<(DateTimeOffset Begins, DateTimeOffset Ends)> Occurrences(CalendarEvent happening, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        if (happening.RecurrenceRule is null && happening.RecurrenceDates.GetAllDates().FirstOrDefault() is null)
        {
            var (begins, ends) = (Instant(happening.Start, zone), Instant(happening.End ?? happening.Start!.Add(happening.EffectiveDuration), zone));
            if (begins < to && ends > from)
                yield return (begins, ends);
            yield break;
        }

        // Sought from a day before, so that a night shift that has begun is found.
        foreach (var occurrence in happening.GetOccurrences(new CalDateTime(from.UtcDateTime.AddDays(-1)), Bounded))
        {
            var (begins, ends) = (Instant(occurrence.Period.StartTime, zone), Instant(occurrence.Period.EffectiveEndTime ?? occurrence.Period.StartTime, zone));
            if (begins >= to)
                yield break;
            if (ends > from)
                yield return (begins, ends);
        }
    }

    private static CalendarEvent Event(DepartmentCode department, Shift shift, DateTimeOffset now)
    {
        var written = new CalendarEvent
        {
            Uid = string.Create(CultureInfo.InvariantCulture, $"{shift.Person}-{WireName<ChainRank>.Of(shift.Rank)}-{shift.From.UtcTicks}-{WireName<ShiftKind>.Of(shift.Kind)}@{department}"),
            DtStamp = Utc(now),
            Start = Utc(shift.From),
            End = Utc(shift.To),
            Summary = shift.Name,
            Categories = [WireName<ChainRank>.Of(shift.Rank)],
        };
        written.AddProperty(Person, shift.Person.Text);
        written.AddProperty(Rank, WireName<ChainRank>.Of(shift.Rank));
        written.AddProperty(Kind, WireName<ShiftKind>.Of(shift.Kind));
        foreach (var contact in shift.Contacts)
            written.AddProperty(Contact, $"{AttemptViews.Channel(contact.Channel)}:{contact.Address}");
        return written;
    }

    private static ShiftRequest Request(CalendarEvent happening, DateTimeOffset from, DateTimeOffset to) => new(
        Text(happening, Person),
        happening.Summary,
        Text(happening, Rank) ?? happening.Categories.FirstOrDefault() ?? "on-duty",
        from,
        to,
        Text(happening, Kind),
        [.. happening.Properties.AllOf(Contact).Select(property => (property.Value?.ToString() ?? "").Split(':', 2)).Select(parts => new RosterContactRequest(parts[0], parts.ElementAtOrDefault(1)))]);

    private static string? Text(CalendarEvent happening, string name) => happening.Properties.AllOf(name).FirstOrDefault()?.Value?.ToString();

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, CalDateTime.UtcTzId);

    private static DateTimeOffset Instant(CalDateTime? time, TimeZoneInfo zone) => time!.TzId is null
        ? new DateTimeOffset(DateTime.SpecifyKind(time.Value, DateTimeKind.Unspecified), zone.GetUtcOffset(time.Value))
        : new DateTimeOffset(time.AsUtc, TimeSpan.Zero);
}
