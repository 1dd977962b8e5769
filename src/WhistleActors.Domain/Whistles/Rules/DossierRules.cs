using System.Collections.Immutable;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>What those on a case record and tell each other. A notified department is on the case, and so is one whose part is done.</summary>
internal static class DossierRules
{
    internal static ImmutableArray<GridEvent> Record(Whistle whistle, RecordPerson command, Order order, GridContext context)
    {
        var dossier = DossierOf(whistle, order);
        if (dossier.People >= Dossier.MostPeople)
            throw new RefusedException(Refuse.DossierFull(Dossier.MostPeople));
        return [new PersonRecorded(whistle.Id, context.Now, order.By, order.Key, command.Person)];
    }

    internal static ImmutableArray<GridEvent> Record(Whistle whistle, RecordMatter command, Order order, GridContext context)
    {
        var dossier = DossierOf(whistle, order);
        if (dossier.Matters >= Dossier.MostMatters)
            throw new RefusedException(Refuse.DossierFull(Dossier.MostMatters));
        return [new MatterRecorded(whistle.Id, context.Now, order.By, order.Key, command.Matter)];
    }

    internal static ImmutableArray<GridEvent> Record(Whistle whistle, RecordObject command, Order order, GridContext context)
    {
        var dossier = DossierOf(whistle, order);
        var (id, scheme) = (command.Object.Id, command.Object.Scheme);
        if (!id.Follows(scheme))
            throw new RefusedException(Refuse.ComponentIdMalformed(id));
        if (dossier.Objects.Contains(id))
            throw new RefusedException(Refuse.ObjectAlreadyRecorded(id));
        if (dossier.Objects.Length >= Dossier.MostObjects)
            throw new RefusedException(Refuse.DossierFull(Dossier.MostObjects));
        return [new ObjectRecorded(whistle.Id, context.Now, order.By, order.Key, command.Object)];
    }

    internal static ImmutableArray<GridEvent> Note(Whistle whistle, AddNote command, Order order, GridContext context)
    {
        var dossier = DossierOf(whistle, order);
        if (dossier.Notes >= Dossier.MostNotes)
            throw new RefusedException(Refuse.NotesFull(Dossier.MostNotes));
        if (dossier.Attachments + command.Attachments.Length > Dossier.MostAttachments)
            throw new RefusedException(Refuse.AttachmentsFull(Dossier.MostAttachments));
        return [new NoteAdded(whistle.Id, context.Now, order.By, order.Key, dossier.Notes + 1, command.Text, command.Attachments)];
    }

    private static Dossier DossierOf(Whistle whistle, Order order)
    {
        if (OnTheCase.Of(whistle, order.By) == CaseAccess.None)
            throw new RefusedException(Refuse.NotOnTheCase());
        Require.Open(whistle);
        return whistle.Dossier ?? Dossier.Empty;
    }
}
