namespace WhistleActors.Simulator.Verification;

/// <summary>What kind of thing should not be.</summary>
internal enum FindingKind
{
    /// <summary>An acknowledged effect is missing.</summary>
    Lost,

    /// <summary>One command took effect twice.</summary>
    Doubled,

    /// <summary>State or trace differ from what was acknowledged.</summary>
    Changed,

    /// <summary>The live board does not show what the server knows.</summary>
    NotShown,

    /// <summary>A command was refused that a sound server accepts.</summary>
    Refused,

    /// <summary>An emergency was told to come back later.</summary>
    EmergencyRefused,

    /// <summary>No answer came: to a command, or to the question that would have verified one.</summary>
    Unreachable,
}
