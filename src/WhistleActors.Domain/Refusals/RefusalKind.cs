namespace WhistleActors.Domain.Refusals;

/// <summary>What sort of "no" a refusal is.</summary>
public enum RefusalKind
{
    /// <summary>What the command names does not exist.</summary>
    Unknown,

    /// <summary>The officer may not do this here.</summary>
    Forbidden,

    /// <summary>The command makes no sense in any state.</summary>
    Invalid,

    /// <summary>The command does not fit the state that things are in.</summary>
    Conflict,

    /// <summary>The command was meant for an earlier version.</summary>
    Outdated,

    /// <summary>There is no room for more right now.</summary>
    Full,
}
