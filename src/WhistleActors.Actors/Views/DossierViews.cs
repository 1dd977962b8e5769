using WhistleActors.Contract.Whistles;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using Dossier = WhistleActors.Domain.Whistles.Dossier;
using Wire = WhistleActors.Contract.Whistles;

namespace WhistleActors.Actors.Views;

/// <summary>The public form of a dossier: how much there is, for all; what it says, for those on the case.</summary>
public static class DossierViews
{
    /// <summary>How much there is.</summary>
    public static DossierCountView ToView(this Dossier dossier) => new(
        dossier.People,
        dossier.Matters,
        dossier.Objects.Length,
        dossier.Notes,
        dossier.Attachments,
        dossier.NewestNote is { } note ? new NoteMarkView(note.Number, note.At, note.By.ToView()) : null);

    /// <summary>What the events of a whistle say to a reader who is on the case.</summary>
    /// <param name="after">Only notes with a higher number.</param>
    public static DossierView ToDossier(this Whistle whistle, IEnumerable<GridEvent> events, CaseAccess access, int after = 0)
    {
        var shown = events.Select(happened => OnTheCase.Shown(happened, access)).ToList();
        return new DossierView(
            whistle.Id.Text,
            whistle.Version,
            access != CaseAccess.Full,
            [.. shown.OfType<PersonRecorded>().Select(e => new PersonView(
                e.At, e.By!.ToView(), (Wire.PersonKind)e.Person.Kind, e.Person.Name, e.Person.Phone, e.Person.Remark))],
            [.. shown.OfType<MatterRecorded>().Select(e => new MatterEntryView(e.At, e.By!.ToView(), e.Matter.Title, e.Matter.Reference, e.Matter.Remark))],
            [.. shown.OfType<ObjectRecorded>().Select(e => new ObjectView(
                e.At, e.By!.ToView(), e.Object.Id.Text, (Wire.ComponentScheme)e.Object.Scheme, e.Object.Name, e.Object.Remark))],
            [.. shown.OfType<NoteAdded>().Where(e => e.Number > after).Select(e => new NoteView(
                e.Number, e.At, e.By!.ToView(), e.Text, [.. e.Attachments.Select(ToView)]))]);
    }

    private static AttachmentView ToView(Attachment attachment) => new(attachment.Hash.Text, attachment.Name, attachment.MediaType, attachment.Bytes);
}
