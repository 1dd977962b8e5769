namespace WhistleActors.Domain.Deadlines;

/// <summary>What a department owes by a time (DOMAIN 3.6).</summary>
public enum Clock
{
    /// <summary>签收.</summary>
    Sign,

    /// <summary>报到.</summary>
    CheckIn,
}
