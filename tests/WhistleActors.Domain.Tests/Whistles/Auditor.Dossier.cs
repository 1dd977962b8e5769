using Shouldly;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Tests.Whistles;

internal sealed partial class Auditor
{
    private static void OnTheCase(Book book, GridEvent happened)
    {
        var by = happened.By.ShouldNotBeNull();
        (IsOfSubdistrict(by, Powers.None, book)
            || (by.Role is Role.SubdistrictOfficer or Role.SubdistrictLeader && book.Asked(by.Organisation.Text))
            || Is(by, Role.Commander, Powers.None, book.Blown.District.Text)
            || (by.Role is Role.Dispatcher && by.Organisation == book.Blown.As?.Initiator)
            || book.Pages.Keys.Any(department => department.Text == by.Organisation.Text && (department == TestCity.DonghuamenAsParty
                ? by.Role is Role.SubdistrictOfficer or Role.SubdistrictLeader
                : by.Role is Role.Dispatcher or Role.Crew)))
            .ShouldBeTrue("a stranger wrote into the dossier");
        book.Dossier.See(happened);
    }

    private sealed class DossierPage
    {
        private readonly List<GridEvent> all = [];
        private readonly HashSet<string> objects = [];

        public void See(GridEvent happened)
        {
            if (happened is NoteAdded note)
                note.Number.ShouldBe(all.OfType<NoteAdded>().Count() + 1);
            if (happened is ObjectRecorded { Object: var thing })
            {
                objects.Add(thing.Id.Text).ShouldBeTrue("an object was recorded twice");
                if (thing.Scheme == ComponentScheme.Cn16)
                    thing.Id.Text.ShouldMatch("^[0-9]{16}$");
            }

            all.Add(happened);
        }

        public void ShouldAgreeWith(Dossier? dossier)
        {
            (dossier is null).ShouldBe(all.Count == 0);
            if (dossier is null)
                return;
            dossier.People.ShouldBe(all.OfType<PersonRecorded>().Count());
            dossier.Matters.ShouldBe(all.OfType<MatterRecorded>().Count());
            dossier.Objects.Select(id => id.Text).ShouldBe(objects, ignoreOrder: true);
            dossier.Notes.ShouldBe(all.OfType<NoteAdded>().Count());
            dossier.Attachments.ShouldBe(all.OfType<NoteAdded>().Sum(note => note.Attachments.Length));
            dossier.Attachments.ShouldBeLessThanOrEqualTo(500);
            var newest = all.OfType<NoteAdded>().LastOrDefault();
            dossier.NewestNote.ShouldBe(newest is null ? null : new NoteMark(newest.Number, newest.At, newest.By!));
        }
    }
}
