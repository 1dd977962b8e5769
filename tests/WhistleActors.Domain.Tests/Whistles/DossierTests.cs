using System.Text;
using Shouldly;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

public sealed class DossierTests
{
    public static TheoryData<string, CaseAccess> Everybody => new()
    {
        { "street", CaseAccess.Full },
        { "command", CaseAccess.Full },
        { "dispatcher-water-110101", CaseAccess.Department },
        { "crew-water-110101", CaseAccess.Department },
        { "dispatcher-weather", CaseAccess.Department },
        { "other-street", CaseAccess.None },
        { "far-command", CaseAccess.None },
        { "dispatcher-urban-110105", CaseAccess.None },
        { "wall", CaseAccess.None },
        { "insider", CaseAccess.None },
        { "stripped", CaseAccess.None },
    };

    private static Dictionary<string, Officer> Officers { get; } = new Officer[]
    {
        TestCity.Street, TestCity.Command, TestCity.Dispatcher(TestCity.Water), TestCity.CrewOf(TestCity.Water), TestCity.Dispatcher(TestCity.Weather),
        TestCity.OtherStreet, TestCity.FarCommand, TestCity.Dispatcher(TestCity.FarUrban), TestCity.Wall,
        TestCity.Person("insider", TestCity.Water.Text, Role.SubdistrictOfficer),
        TestCity.Person("stripped", TestCity.Donghuamen.Text, Role.SubdistrictOfficer) with { Powers = Powers.None },
    }.ToDictionary(officer => officer.Person.Text);

    [Theory]
    [MemberData(nameof(Everybody))]
    public void Whoever_is_on_the_case_writes_into_its_dossier_and_nobody_else(string person, CaseAccess access)
    {
        var story = new Story().Blow();
        var officer = Officers[person];
        OnTheCase.Of(story.Whistle, officer).ShouldBe(access);
        foreach (var command in new GridCommand[] { story.APerson(), story.AMatter(), story.AnObject(), story.ANote() })
        {
            if (access == CaseAccess.None)
                story.Refused(command, officer).Code.ShouldBe("not-on-the-case");
            else
                story.Do(command, officer);
        }
    }

    [Fact]
    public void A_department_is_on_the_case_before_it_comes_and_after_it_was_let_go()
    {
        var story = new Story().Blow();
        story.Do(story.ANote(), TestCity.Dispatcher(TestCity.Urban)).Finish(TestCity.Urban).Do(story.ANote(), TestCity.CrewOf(TestCity.Urban));

        story.Whistle.Dossier!.Notes.ShouldBe(2);
    }

    [Fact]
    public void After_the_end_of_the_whistle_its_dossier_is_closed()
    {
        var story = new Story().Blow().Withdraw();

        story.Refused(story.ANote(), TestCity.Street).Code.ShouldBe("whistle-not-open");
    }

    [Fact]
    public void The_whistle_counts_what_its_dossier_has_and_repeats_none_of_it()
    {
        var story = new Story().Blow();
        story.Do(story.APerson(), TestCity.Street).Do(story.AMatter(), TestCity.Street).Do(story.AnObject(), TestCity.Street)
            .Do(story.ANote(attachments: 2), TestCity.CrewOf(TestCity.Water));

        var dossier = story.Whistle.Dossier!;
        (dossier.People, dossier.Matters, dossier.Objects.Length, dossier.Notes, dossier.Attachments).ShouldBe((1, 1, 1, 1, 2));
        dossier.NewestNote.ShouldBe(new NoteMark(1, story.Now, TestCity.CrewOf(TestCity.Water)));
        var state = Story.Written(story.State);
        foreach (var text in new[] { "赵六", "13800138000", "去年同一处爆管", "水已漫到门口", "现场.jpg" })
            state.ShouldNotContain(text);
    }

    [Fact]
    public void Hundreds_of_long_notes_leave_the_whistle_small()
    {
        var story = new Story().Blow();
        var before = Encoding.UTF8.GetByteCount(Story.Written(story.Whistle));
        for (var i = 0; i < Dossier.MostNotes; i++)
            story.Do(story.ANote() with { Text = new string('水', 2_000) }, TestCity.Street);

        (Encoding.UTF8.GetByteCount(Story.Written(story.Whistle)) - before).ShouldBeLessThan(500);
    }

    [Theory]
    [InlineData("1101010101000001", ComponentScheme.Cn16, null)]
    [InlineData("110101010100001", ComponentScheme.Cn16, "component-id-malformed")]
    [InlineData("11010101010000001", ComponentScheme.Cn16, "component-id-malformed")]
    [InlineData("110101010100000A", ComponentScheme.Cn16, "component-id-malformed")]
    [InlineData("0101010101000001", ComponentScheme.Cn16, null)]
    [InlineData("lamp-7", ComponentScheme.Free, null)]
    public void The_id_of_an_object_follows_the_scheme_of_its_register(string id, ComponentScheme scheme, string? refused)
    {
        var story = new Story().Blow();
        if (refused is not null)
            story.Refused(story.AnObject(id, scheme), TestCity.Street).Code.ShouldBe(refused);
        else
            story.Do(story.AnObject(id, scheme), TestCity.Street).Whistle.Dossier!.Objects.ShouldBe([ComponentId.Parse(id)]);
    }

    [Fact]
    public void Who_complained_is_shown_to_the_initiator_and_the_command_centre_only()
    {
        var story = new Story().Blow();
        var recorded = story.Do(story.APerson(), TestCity.Street, new CommandKey("k", "f")).Caused.Single();

        OnTheCase.Shown(recorded, CaseAccess.Full).ShouldBe(recorded);
        foreach (var access in new[] { CaseAccess.Department, CaseAccess.None })
        {
            var shown = OnTheCase.Shown(recorded, access).ShouldBeOfType<PersonRecorded>();
            shown.Person.ShouldBe(new RecordedPerson(PersonKind.Complainant, "***", "***", "***"));
            shown.Key.ShouldBeNull("a fingerprint gives away what can be guessed");
            (shown.At, shown.By).ShouldBe((recorded.At, recorded.By));
        }
    }

    [Fact]
    public void Other_people_are_shown_on_the_case_and_to_nobody_else()
    {
        var story = new Story().Blow();
        var recorded = story.Do(story.APerson(PersonKind.Responsible), TestCity.Street).Caused.Single();

        OnTheCase.Shown(recorded, CaseAccess.Department).ShouldBe(recorded);
        OnTheCase.Shown(recorded, CaseAccess.None).ShouldBeOfType<PersonRecorded>().Person.Name.ShouldBe("***");
    }

    [Fact]
    public void Notes_and_matters_are_shown_on_the_case_and_to_nobody_else()
    {
        var story = new Story().Blow();
        var note = story.Do(story.ANote(), TestCity.Street).Caused.Single();
        var matter = story.Do(story.AMatter(), TestCity.Street).Caused.Single();

        OnTheCase.Shown(note, CaseAccess.Department).ShouldBe(note);
        OnTheCase.Shown(matter, CaseAccess.Department).ShouldBe(matter);
        var shown = OnTheCase.Shown(note, CaseAccess.None).ShouldBeOfType<NoteAdded>();
        (shown.Text, shown.Attachments.Length, shown.Number).ShouldBe(("***", 0, 1));
        OnTheCase.Shown(matter, CaseAccess.None).ShouldBeOfType<MatterRecorded>().Matter.ShouldBe(new RecordedMatter("***", "***", null));
    }

    [Theory]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true)]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", false)]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85", false)]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_content_hash_is_64_lower_case_hexadecimal_digits_and_nothing_else(string? text, bool valid) =>
        ContentHash.TryParse(text, out _).ShouldBe(valid);
}
