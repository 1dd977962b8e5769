using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Matters;

/// <summary>Who is bound to come for a matter (职责), and by what law.</summary>
/// <param name="Basis">The legal basis, as cited.</param>
/// <param name="ValidFrom">First day on which the duty holds.</param>
/// <param name="ValidTo">Last day on which it holds; null while it has no end.</param>
/// <param name="Substitute">Who is called where the bureau cannot come (替补); null when nobody is named.</param>
/// <param name="Skill">What it asks of a crew; null when any will do.</param>
public sealed record Duty(MatterCode Matter, BureauCode Bureau, DutyRole Role, string Basis, DateOnly ValidFrom, DateOnly? ValidTo, BureauCode? Substitute = null, SkillCode? Skill = null)
{
    /// <summary>True when the duty holds on that day.</summary>
    public bool HoldsOn(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);
}
