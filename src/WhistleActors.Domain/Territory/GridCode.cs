using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Territory;

/// <summary>Code of a grid cell (网格). Kept as text: national schemes have 14, 15 or 20 digits, other cities have others (DOMAIN 5.2).</summary>
public readonly record struct GridCode : ICode<GridCode>
{
    private readonly string? text;

    private GridCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out GridCode code)
    {
        var valid = CodeText.IsPlainCode(text);
        code = valid ? new GridCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static GridCode Parse(string? text) => CodeText.Parse<GridCode>(text);

    public override string ToString() => Text;
}
