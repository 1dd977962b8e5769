namespace WhistleActors.Domain.Disputes;

/// <summary>What the command centre says to a dispute (裁定).</summary>
public enum RulingKind
{
    /// <summary>维持: the department stays.</summary>
    Upheld,

    /// <summary>改派: another is summoned in its role, and it is let go.</summary>
    Reassigned,

    /// <summary>会商: the parties confer first; the dispute stays open until it is ruled after that.</summary>
    Referred,
}
