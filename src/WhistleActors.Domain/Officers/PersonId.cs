using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Officers;

/// <summary>Identity of a person, as the identity provider names it.</summary>
public readonly record struct PersonId : ICode<PersonId>
{
    private readonly string? text;

    private PersonId(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out PersonId code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new PersonId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static PersonId Parse(string? text) => CodeText.Parse<PersonId>(text);

    public override string ToString() => Text;
}
