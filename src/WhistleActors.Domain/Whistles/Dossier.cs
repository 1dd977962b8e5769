using System.Collections.Immutable;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>
/// What a whistle itself knows of its dossier (人、事、物 and notes): how much there is, and what must not be recorded twice. The texts are in
/// its events alone. So the whistle stays small however much is noted, and no board can show what only those on the case may read.
/// </summary>
/// <param name="Objects">The ids of the objects, in the order in which they were recorded.</param>
/// <param name="Attachments">How often its notes refer to an attachment.</param>
/// <param name="NewestNote">Tells a screen that there is something new to read.</param>
public sealed record Dossier(
    int People, int Matters, ImmutableArray<ComponentId> Objects, int Notes, int Attachments, NoteMark? NewestNote)
{
    /// <summary>More people, and more matters, than one incident has: a limit against mistakes and abuse. So are the others.</summary>
    public const int MostPeople = 100;

    public const int MostMatters = 100;

    public const int MostObjects = 100;

    public const int MostNotes = 500;

    public const int MostAttachments = 500;

    internal static Dossier Empty { get; } = new(0, 0, [], 0, 0, null);
}

/// <summary>That a note was added, without its text.</summary>
/// <param name="Number">Counts the notes of the whistle from 1.</param>
public sealed record NoteMark(int Number, DateTimeOffset At, Officer By);

/// <summary>Somebody who has to do with the incident (人).</summary>
/// <param name="Phone">As it was given; it is dialled by people.</param>
public sealed record RecordedPerson(PersonKind Kind, string Name, string? Phone, string? Remark);

/// <summary>In what way a person has to do with the incident.</summary>
public enum PersonKind
{
    /// <summary>诉求人: who complained. Who that is may be known only to the initiator and the command centre.</summary>
    Complainant,

    /// <summary>受影响人: who suffers from it.</summary>
    Affected,

    /// <summary>责任人: who caused it, or answers for the place.</summary>
    Responsible,

    /// <summary>知情人: who can tell of it.</summary>
    Witness,
}

/// <summary>Something that happened or is under way at the place (事), such as an earlier case or a permit.</summary>
/// <param name="Reference">Its number in the register that it comes from.</param>
public sealed record RecordedMatter(string Title, string? Reference, string? Remark);

/// <summary>A thing of the place (物), by its id in the component register.</summary>
/// <param name="Name">What it is, such as 雨水井盖.</param>
public sealed record RecordedObject(ComponentId Id, ComponentScheme Scheme, string Name, string? Remark);

/// <summary>How the ids of a component register are built (DOMAIN 5.2).</summary>
public enum ComponentScheme
{
    /// <summary>CJ/T 214 and GB/T 30428.2: 16 digits = division 6 + big class 2 + small class 2 + sequence 6.</summary>
    Cn16,

    /// <summary>Any code; a register of the owner's own.</summary>
    Free,
}

/// <summary>Id of a component (部件标识码), kept as text: leading zeros count.</summary>
public readonly record struct ComponentId : ICode<ComponentId>
{
    private const int Cn16Length = 16;

    private readonly string? text;

    private ComponentId(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ComponentId code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new ComponentId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static ComponentId Parse(string? text) => CodeText.Parse<ComponentId>(text);

    /// <summary>True when the id is built as the scheme says.</summary>
    public bool Follows(ComponentScheme scheme) => scheme != ComponentScheme.Cn16 || (Text.Length == Cn16Length && Text.All(char.IsAsciiDigit));

    public override string ToString() => Text;
}

/// <summary>An uploaded file that a note refers to. Its content is kept beside the database under its hash.</summary>
/// <param name="Name">What whoever attached it calls it; shown, and never used as a path.</param>
/// <param name="MediaType">As its content was recognised, whatever the sender called it.</param>
public sealed record Attachment(ContentHash Hash, string Name, string MediaType, long Bytes);

/// <summary>SHA-256 of a content, as 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentHash : ICode<ContentHash>
{
    private const int Length = 64;

    private readonly string? text;

    private ContentHash(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ContentHash code)
    {
        var valid = text is { Length: Length } && text.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f');
        code = valid ? new ContentHash(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static ContentHash Parse(string? text) => CodeText.Parse<ContentHash>(text);

    public override string ToString() => Text;
}
