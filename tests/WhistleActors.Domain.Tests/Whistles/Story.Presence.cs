using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class Story
{
    /// <summary>A crew of the department comes; who checks it in does not matter, because it has a code.</summary>
    public Story Join(DepartmentCode department, CrewCode crew, params Attendee[] persons) =>
        Do(ACheckIn(department) with { Crew = crew, Persons = persons.Length == 0 ? null : [.. persons] }, TestCity.CrewOf(department));

    public Story Leave(DepartmentCode department, int? checkIn = null) => Do(new LeaveSite(Id, department, checkIn, null), TestCity.CrewOf(department));

    public Story ReleaseCrew(DepartmentCode department, int checkIn, string? reason = "另有任务") =>
        Do(new ReleaseCrew(Id, department, checkIn, reason), TestCity.Street);
}
