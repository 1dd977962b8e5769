using System.Collections.Immutable;
using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Commands;

namespace WhistleActors.Server.Whistles;

/// <summary>Who is on the spot, and who is let go.</summary>
internal static class PresenceEndpoints
{
    private const int MostPersons = 20;
    private const int Name = 50;
    private const int Reason = 500;

    internal static void MapPresence(this RouteGroupBuilder whistles)
    {
        whistles.MapSummonsCommand<LeaveRequest>("leave", "A crew left the spot; unreleased, it stays committed. 离场。", (request, form, whistle, department) =>
            new LeaveSite(whistle, department, OptionalNumber(form, request.CheckIn), form.OptionalText("/reason", request.Reason, Reason)));
        whistles.MapWhistleCommand<ReleaseRequest>("release", "Let a department go, or one of its crews. 解除。", (request, form, whistle) =>
        {
            var department = form.Code<DepartmentCode>("/department", request.Department);
            var reason = form.OptionalText("/reason", request.Reason);
            return OptionalNumber(form, request.CheckIn) is { } checkIn
                ? new ReleaseCrew(whistle, department, checkIn, reason)
                : new ReleaseDepartment(whistle, department, reason);
        });
    }

    internal static ImmutableArray<Attendee>? ReadPersons(CheckInRequest request, Form form)
    {
        if (request.Persons is not { Count: > 0 } persons)
            return null;
        if (persons.Count > MostPersons)
            form.Wrong("/persons", "too-many", $"At most {MostPersons} persons are named.", $"最多登记 {MostPersons} 人。");
        if (request.Headcount < persons.Count)
            form.Wrong("/headcount", "fewer-than-named", "The headcount is lower than the number of persons named.", "人数少于所登记的人员。");
        return
        [
            .. persons.Take(MostPersons).Select((person, i) => person is null
                ? new Attendee(form.Missing<string>($"/persons/{i}") ?? "", null)
                : new Attendee(form.Text($"/persons/{i}/name", person.Name, Name), form.OptionalText($"/persons/{i}/rank", person.Rank, Name))),
        ];
    }

    private static int? OptionalNumber(Form form, int? checkIn) => checkIn is null ? null : (int)form.Number("/checkIn", checkIn, 1, 1_000);
}
