namespace WhistleActors.Domain.Whistles;

/// <summary>Where a whistle is in its life.</summary>
public enum WhistleStage
{
    /// <summary>Departments are summoned or at work.</summary>
    Open,

    /// <summary>Every summons was settled and the initiator closed it.</summary>
    Closed,

    /// <summary>The initiator took it back.</summary>
    Withdrawn,

    /// <summary>作废: blown in error or abuse; it counts in no score.</summary>
    Voided,

    /// <summary>It waits for an approval; nobody is summoned yet.</summary>
    Proposed,

    /// <summary>The approval was refused; it never sounded.</summary>
    Rejected,

    /// <summary>It was blown for the same thing as another one, and goes on in that.</summary>
    Merged,
}
