using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Departments;

/// <summary>Code of something that not every crew of a department can do, such as closing a gas main.</summary>
public readonly record struct SkillCode : ICode<SkillCode>
{
    private readonly string? text;

    private SkillCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out SkillCode code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new SkillCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static SkillCode Parse(string? text) => CodeText.Parse<SkillCode>(text);

    public override string ToString() => Text;
}
