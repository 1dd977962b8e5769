using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Departments;

/// <summary>Code of a crew (力量): people of a department who can be sent.</summary>
public readonly record struct CrewCode : ICode<CrewCode>
{
    private readonly string? text;

    private CrewCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out CrewCode code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new CrewCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static CrewCode Parse(string? text) => CodeText.Parse<CrewCode>(text);

    public override string ToString() => Text;
}
