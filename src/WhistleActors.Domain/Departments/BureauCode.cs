using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Departments;

/// <summary>Code of a bureau: the kind of body (say, urban management) that each district has a department of.</summary>
public readonly record struct BureauCode : ICode<BureauCode>
{
    private readonly string? text;

    private BureauCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out BureauCode code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new BureauCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static BureauCode Parse(string? text) => CodeText.Parse<BureauCode>(text);

    public override string ToString() => Text;
}
