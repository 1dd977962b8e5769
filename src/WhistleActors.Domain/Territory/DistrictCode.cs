using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Territory;

/// <summary>Code of a district (区); in Beijing the 6 digits of GB/T 2260.</summary>
public readonly record struct DistrictCode : ICode<DistrictCode>
{
    private readonly string? text;

    private DistrictCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out DistrictCode code)
    {
        var valid = CodeText.IsPlainCode(text);
        code = valid ? new DistrictCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static DistrictCode Parse(string? text) => CodeText.Parse<DistrictCode>(text);

    public override string ToString() => Text;
}
