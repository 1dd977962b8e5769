namespace WhistleActors.Contract.Whistles;

/// <summary>How much the dossier of a whistle has. What it says is read from <c>/whistles/{id}/dossier</c>, by those on the case.</summary>
/// <param name="NewestNote">A higher number than the one seen last: there is something new to read.</param>
public sealed record DossierCountView(int People, int Matters, int Objects, int Notes, int Attachments, NoteMarkView? NewestNote);

/// <summary>That a note was added.</summary>
/// <param name="Number">Counts the notes of the whistle from 1.</param>
public sealed record NoteMarkView(int Number, DateTimeOffset At, OfficerView By);

/// <summary>People, matters, objects and notes of a whistle, as the reader may see them.</summary>
/// <param name="Version">The whistle's version that it was read at.</param>
/// <param name="ComplainantsMasked">Whether names and phones of complainants are withheld from this reader.</param>
public sealed record DossierView(
    string Whistle,
    long Version,
    bool ComplainantsMasked,
    IReadOnlyList<PersonView> People,
    IReadOnlyList<MatterEntryView> Matters,
    IReadOnlyList<ObjectView> Objects,
    IReadOnlyList<NoteView> Notes);

/// <summary>Somebody who has to do with the incident.</summary>
public sealed record PersonView(DateTimeOffset At, OfficerView By, PersonKind Kind, string Name, string? Phone, string? Remark);

/// <summary>What happened or is under way at the place.</summary>
public sealed record MatterEntryView(DateTimeOffset At, OfficerView By, string Title, string? Reference, string? Remark);

/// <summary>A thing of the place.</summary>
public sealed record ObjectView(DateTimeOffset At, OfficerView By, string Id, ComponentScheme Scheme, string Name, string? Remark);

/// <summary>What somebody on the case told the others.</summary>
public sealed record NoteView(int Number, DateTimeOffset At, OfficerView By, string Text, IReadOnlyList<AttachmentView> Attachments);

/// <summary>A file that a note refers to; its content is at <c>/whistles/{id}/attachments/{hash}</c>.</summary>
/// <param name="Hash">SHA-256 of the content, hexadecimal.</param>
public sealed record AttachmentView(string Hash, string Name, string MediaType, long Bytes);

/// <summary>A file that was taken in. It is removed after a day unless a note refers to it.</summary>
/// <param name="Hash">SHA-256 of the content, hexadecimal.</param>
/// <param name="MediaType">As the content was recognised.</param>
public sealed record UploadView(string Hash, string MediaType, long Bytes);

/// <summary>In what way a person has to do with the incident.</summary>
public enum PersonKind { Complainant, Affected, Responsible, Witness }

/// <summary>How the ids of a component register are built.</summary>
public enum ComponentScheme { Cn16, Free }
