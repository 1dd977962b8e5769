using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Officers;

/// <summary>Code of an organisation that officers act for: a subdistrict, a department, or a command centre.</summary>
public readonly record struct OrganisationCode : ICode<OrganisationCode>
{
    private readonly string? text;

    private OrganisationCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out OrganisationCode code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new OrganisationCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static OrganisationCode Parse(string? text) => CodeText.Parse<OrganisationCode>(text);

    public override string ToString() => Text;
}
