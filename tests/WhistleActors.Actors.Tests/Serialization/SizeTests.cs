using System.Text.Json;
using Shouldly;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>A whistle stays small whatever is said about it.</summary>
public sealed class SizeTests
{
    [Fact]
    public void The_rounds_conferences_and_tasks_of_a_large_whistle_leave_room_for_the_rest()
    {
        var departments = Enumerable.Range(0, 30).Select(i => DepartmentCode.Parse($"990101-bureau-{i}")).ToList();
        var (consultation, past) = Samples.LargeHistory(departments, rounds: 5);

        consultation.Conferences.Length.ShouldBe(Consultation.MostConferences);
        consultation.Tasks.Length.ShouldBe(Consultation.MostTasks);
        Size(consultation, past).ShouldBeLessThan(44 * 1024);
        Size(Consultation.Empty, past).ShouldBeLessThan(20 * 1024);
    }

    private static int Size(Consultation consultation, PastRounds past) =>
        JsonSerializer.SerializeToUtf8Bytes(consultation, StoredJson.Kept.GetTypeInfo(typeof(Consultation))).Length
        + JsonSerializer.SerializeToUtf8Bytes(past, StoredJson.Kept.GetTypeInfo(typeof(PastRounds))).Length;
}
