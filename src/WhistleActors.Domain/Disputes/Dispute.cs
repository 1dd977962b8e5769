using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Disputes;

/// <summary>"Not ours" (退哨). Until it is ruled the department stays bound (首接负责).</summary>
/// <param name="Round">The whistle's round in which it was raised.</param>
/// <param name="Instead">Who should have been summoned, as the department sees it.</param>
/// <param name="Referral">That the parties are to confer before it is ruled.</param>
public sealed record Dispute(
    DateTimeOffset At, Officer By, int Round, string Reason, DepartmentCode? Instead, Referral? Referral = null, Ruling? Ruling = null)
{
    /// <summary>True until it is ruled.</summary>
    public bool IsOpen => Ruling is null;
}

/// <summary>The command centre called a conference (会商) on a dispute.</summary>
public sealed record Referral(DateTimeOffset At, Officer By, string Text, string? Basis);

/// <summary>The command centre ruled a dispute (裁定).</summary>
/// <param name="Kind">Upheld or reassigned.</param>
/// <param name="Basis">The legal basis, as cited.</param>
/// <param name="Role">The role that it was about.</param>
/// <param name="Instead">Who was summoned in place of the department.</param>
public sealed record Ruling(DateTimeOffset At, Officer By, RulingKind Kind, string Text, string Basis, DutyRole Role, DepartmentCode? Instead);

/// <summary>That a department was summoned in place of another: by a ruling, or as its substitute.</summary>
public sealed record Reassignment(DateTimeOffset At, DepartmentCode From);
