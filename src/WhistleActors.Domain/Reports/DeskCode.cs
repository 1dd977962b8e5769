using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Reports;

/// <summary>
/// Code of a report desk (来件台): a subdistrict's, where that much is known of the place; else a district's; else <c>city</c>, for what nobody could
/// place at all.
/// </summary>
public readonly record struct DeskCode : ICode<DeskCode>
{
    private readonly string? text;

    private DeskCode(string text) => this.text = text;

    /// <summary>The desk for what could not be placed at all.</summary>
    public static DeskCode City { get; } = new("city");

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out DeskCode code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new DeskCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static DeskCode Parse(string? text) => CodeText.Parse<DeskCode>(text);

    public override string ToString() => Text;
}
