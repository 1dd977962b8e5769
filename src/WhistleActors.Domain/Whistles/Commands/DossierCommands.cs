using System.Collections.Immutable;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Record somebody who has to do with the incident (人).</summary>
public sealed record RecordPerson(WhistleId Whistle, RecordedPerson Person) : WhistleCommand(Whistle);

/// <summary>Record what happened or is under way at the place (事).</summary>
public sealed record RecordMatter(WhistleId Whistle, RecordedMatter Matter) : WhistleCommand(Whistle);

/// <summary>Record a thing of the place (物).</summary>
public sealed record RecordObject(WhistleId Whistle, RecordedObject Object) : WhistleCommand(Whistle);

/// <summary>Tell all on the case something, with photos and documents (现场记录).</summary>
public sealed record AddNote(WhistleId Whistle, string Text, ImmutableArray<Attachment> Attachments) : WhistleCommand(Whistle);
