using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Departments;

/// <summary>Code of a department (部门/委办局): one body that can be summoned.</summary>
public readonly record struct DepartmentCode : ICode<DepartmentCode>
{
    private readonly string? text;

    private DepartmentCode(string text) => this.text = text;

    /// <inheritdoc/>
    public string Text => text ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out DepartmentCode code)
    {
        var valid = CodeText.IsCode(text);
        code = valid ? new DepartmentCode(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static DepartmentCode Parse(string? text) => CodeText.Parse<DepartmentCode>(text);

    public override string ToString() => Text;
}
