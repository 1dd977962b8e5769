namespace WhistleActors.Domain.Deadlines;

/// <summary>What a department owes by a time (DOMAIN 3.6). Numbers are in the order in which the clocks came to be known; <see cref="Clocks.InOrder"/> is the order of life.</summary>
public enum Clock
{
    /// <summary>签收.</summary>
    Sign,

    /// <summary>报到.</summary>
    CheckIn,

    /// <summary>联系: the department speaks to the initiator. Being on the spot counts as that.</summary>
    Contact,

    /// <summary>现场措施: the first measure on the spot.</summary>
    Measures,

    /// <summary>处置: an outcome; again after each veto.</summary>
    Disposal,

    /// <summary>书面反馈: the written report.</summary>
    Report,
}

/// <summary>The six clocks.</summary>
public static class Clocks
{
    /// <summary>In the order in which a department meets them.</summary>
    public static IReadOnlyList<Clock> InOrder { get; } = [Clock.Sign, Clock.Contact, Clock.CheckIn, Clock.Measures, Clock.Disposal, Clock.Report];
}
