using System.Text.Json;
using Shouldly;
using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Tests.Serialization;

/// <summary>What a backup reads without actors is what a recovery would.</summary>
public sealed class StoredEventsTests
{
    private static readonly NoteAdded Note = (NoteAdded)Samples.All["note-added.1"];
    private static readonly byte[] Stored = JsonSerializer.SerializeToUtf8Bytes(Note, StoredJson.Kept);

    // Neither was ever released: a note under another name, and a note that was one event with a release.
    private static readonly FormerForm[] Former =
    [
        FormerForm.Renamed<NoteAdded>("note-written.1", StoredJson.Kept),
        FormerForm.Lifted<NoteAdded>("note-and-release.1", StoredJson.Kept, old => new EventsAtOnce([(CrewReleased)Samples.All["crew-released.1"], old])),
    ];

    [Theory]
    [InlineData("note-added.1")]
    [InlineData("note-written.1")]
    [InlineData("note-and-release.1")]
    public void A_note_is_found_under_whichever_name_it_was_stored_and_nothing_else_is(string manifest)
    {
        JsonSerializer.SerializeToUtf8Bytes(StoredEvents.Read<NoteAdded>(manifest, Stored, Former).Single(), StoredJson.Kept).ShouldBe(Stored);
        StoredEvents.Read<OutcomeReported>(manifest, Stored, Former).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("note-added.1")]
    [InlineData("note-written.1")]
    public void One_that_is_damaged_is_not_passed_over(string manifest) =>
        Should.Throw<JsonException>(() => StoredEvents.Read<NoteAdded>(manifest, Stored[..^3], Former));

    [Fact]
    public void A_form_that_nobody_knows_is_none() => StoredEvents.Read<NoteAdded>("note-added.9", Stored, Former).ShouldBeEmpty();
}
