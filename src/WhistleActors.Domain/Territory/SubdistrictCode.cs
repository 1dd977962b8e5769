using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Territory;

/// <summary>Code of a subdistrict or township (街乡); in Beijing 9 digits of the National Bureau of Statistics.</summary>
public readonly record struct SubdistrictCode : ICode<SubdistrictCode>
{
    private readonly string? text;

    private SubdistrictCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out SubdistrictCode code)
    {
        var valid = CodeText.IsPlainCode(text);
        code = valid ? new SubdistrictCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static SubdistrictCode Parse(string? text) => CodeText.Parse<SubdistrictCode>(text);

    public override string ToString() => Text;
}
