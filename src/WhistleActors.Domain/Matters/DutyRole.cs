namespace WhistleActors.Domain.Matters;

/// <summary>What a department is summoned as.</summary>
public enum DutyRole
{
    /// <summary>主责: exactly one; answers for the whole.</summary>
    Lead,

    /// <summary>配合: answers for its part.</summary>
    Cooperating,

    /// <summary>知会: is told, owes nothing.</summary>
    Notified,
}
