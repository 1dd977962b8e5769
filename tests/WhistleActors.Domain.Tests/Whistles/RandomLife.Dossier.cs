using System.Collections.Immutable;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class RandomLife
{
    private (GridCommand, Officer) AboutTheDossier()
    {
        var whistle = Pick([.. State.Whistles.Values.OrderBy(whistle => whistle.Id.Number)]);
        var id = chance.Next(30) == 0 ? new WhistleId(TestCity.Home, 9_999) : whistle.Id;
        var department = Pick(whistle.Summonses).Department;
        var right = Pick([TestCity.Street, TestCity.Command, TestCity.Dispatcher(department), TestCity.CrewOf(department), InitiatorOf(whistle)]);
        GridCommand command = chance.Next(4) switch
        {
            0 => new RecordPerson(id, new RecordedPerson(Pick([.. Enum.GetValues<PersonKind>()]), "赵六", chance.Next(2) == 0 ? null : "13800138000", null)),
            1 => new RecordMatter(id, new RecordedMatter("去年同一处爆管", null, "尚未办结")),
            2 => new RecordObject(id, new RecordedObject(
                ComponentId.Parse(Pick(["1101010101000001", "1101010101000002", "11010101010000", "lamp-7"])), Pick([ComponentScheme.Cn16, ComponentScheme.Free]), "井盖", null)),
            _ => new AddNote(id, "水已漫到门口", Attached(chance.Next(15) == 0 ? Dossier.MostAttachments + 1 : chance.Next(4))),
        };
        return (command, right);
    }

    private static ImmutableArray<Attachment> Attached(int count) => [.. Enumerable.Range(0, count).Select(Story.AnAttachment)];
}
