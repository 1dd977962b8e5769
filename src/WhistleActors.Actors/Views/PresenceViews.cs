using System.Collections.Immutable;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of who is on the spot.</summary>
internal static class PresenceViews
{
    internal static IReadOnlyList<CheckInView> ToViews(this Attendance attendance) => [.. attendance.Further.Select((checkIn, i) => checkIn.ToView(i + 2))];

    internal static IReadOnlyList<AttendeeView> ToViews(this ImmutableArray<Attendee> persons) =>
        [.. persons.Select(person => new AttendeeView(person.Name, person.Rank))];

    internal static LeavingView ToView(this Leaving left) => new(left.At, left.By.ToView(), left.Unreleased, left.Reason);
}
