namespace WhistleActors.Domain.Whistles;

/// <summary>How far a department has come with a summons.</summary>
public enum SummonsState
{
    /// <summary>召集.</summary>
    Summoned,

    /// <summary>签收.</summary>
    Signed,

    /// <summary>A crew is on the way.</summary>
    Departed,

    /// <summary>报到.</summary>
    CheckedIn,

    /// <summary>An outcome awaits the initiator's answer.</summary>
    Reported,

    /// <summary>The outcome was accepted.</summary>
    Settled,

    /// <summary>解除 without an accepted outcome.</summary>
    Released,

    /// <summary>The day of its accepted ledger entry passed, and it is not done: the department owes again.</summary>
    Returned,
}
