using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Territory;

/// <summary>Code of a community or village (社区/村); in Beijing 12 digits of the National Bureau of Statistics.</summary>
public readonly record struct CommunityCode : ICode<CommunityCode>
{
    private readonly string? text;

    private CommunityCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out CommunityCode code)
    {
        var valid = CodeText.IsPlainCode(text);
        code = valid ? new CommunityCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static CommunityCode Parse(string? text) => CodeText.Parse<CommunityCode>(text);

    public override string ToString() => Text;
}
