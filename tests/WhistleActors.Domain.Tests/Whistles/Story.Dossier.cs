using System.Globalization;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class Story
{
    public RecordPerson APerson(PersonKind kind = PersonKind.Complainant) => new(Id, new RecordedPerson(kind, "赵六", "13800138000", "住二层"));

    public RecordMatter AMatter() => new(Id, new RecordedMatter("去年同一处爆管", "2025-0317", null));

    public RecordObject AnObject(string id = "1101010101000001", ComponentScheme scheme = ComponentScheme.Cn16) =>
        new(Id, new RecordedObject(ComponentId.Parse(id), scheme, "上水井盖", null));

    public AddNote ANote(int attachments = 1) => new(Id, "水已漫到门口", [.. Enumerable.Range(0, attachments).Select(AnAttachment)]);

    public static Attachment AnAttachment(int number) =>
        new(ContentHash.Parse(number.ToString("x64", CultureInfo.InvariantCulture)), "现场.jpg", "image/jpeg", 1_024);
}
