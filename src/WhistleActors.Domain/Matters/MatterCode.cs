using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Matters;

/// <summary>Code of a matter (事项): a class of problem.</summary>
public readonly record struct MatterCode : ICode<MatterCode>
{
    private readonly string? text;

    private MatterCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out MatterCode code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new MatterCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static MatterCode Parse(string? text) => CodeText.Parse<MatterCode>(text);

    public override string ToString() => Text;
}
