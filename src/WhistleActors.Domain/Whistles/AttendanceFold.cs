using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>Who is on the spot after one more came or went.</summary>
internal static class AttendanceFold
{
    internal static Summons Join(Summons summons, CrewJoined joined)
    {
        var attendance = summons.Attendance ?? Attendance.None;
        return summons with
        {
            Attendance = attendance with
            {
                Further = attendance.Further.Add(new CheckIn(
                    joined.At, joined.By!, Late: false, joined.Crew, joined.Headcount, joined.Presence, joined.Persons, joined.PostedTo)),
            },
        };
    }

    internal static Summons Change(Summons summons, int number, Func<CheckIn, CheckIn> change) => number == 1
        ? summons with { CheckIn = change(summons.CheckIn!) }
        : summons with
        {
            Attendance = summons.Attendance! with
            {
                Further = summons.Attendance.Further.SetItem(number - 2, change(summons.Attendance.Further[number - 2])),
            },
        };
}
