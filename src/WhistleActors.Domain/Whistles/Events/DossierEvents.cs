using System.Collections.Immutable;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles.Events;

/// <summary>Somebody who has to do with the incident was recorded (人).</summary>
public sealed record PersonRecorded(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, RecordedPerson Person) : GridEvent(Whistle, At, By, Key);

/// <summary>What happened or is under way at the place was recorded (事).</summary>
public sealed record MatterRecorded(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, RecordedMatter Matter) : GridEvent(Whistle, At, By, Key);

/// <summary>A thing of the place was recorded (物).</summary>
public sealed record ObjectRecorded(WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, RecordedObject Object) : GridEvent(Whistle, At, By, Key);

/// <summary>Somebody on the case told the others something (现场记录).</summary>
/// <param name="Number">Counts the notes of the whistle from 1.</param>
public sealed record NoteAdded(
    WhistleId Whistle, DateTimeOffset At, Officer? By, CommandKey? Key, int Number, string Text, ImmutableArray<Attachment> Attachments)
    : GridEvent(Whistle, At, By, Key);
