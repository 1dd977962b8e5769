using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What a dossier is after one of its events.</summary>
internal static class DossierFold
{
    internal static Dossier Apply(Dossier? before, GridEvent happened)
    {
        var dossier = before ?? Dossier.Empty;
        return happened switch
        {
            PersonRecorded => dossier with { People = dossier.People + 1 },
            MatterRecorded => dossier with { Matters = dossier.Matters + 1 },
            ObjectRecorded recorded => dossier with { Objects = dossier.Objects.Add(recorded.Object.Id) },
            NoteAdded note => dossier with
            {
                Notes = note.Number,
                Attachments = dossier.Attachments + note.Attachments.Length,
                NewestNote = new NoteMark(note.Number, note.At, note.By!),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
        };
    }
}
