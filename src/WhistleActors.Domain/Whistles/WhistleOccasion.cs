namespace WhistleActors.Domain.Whistles;

/// <summary>Why a whistle is blown (street law art. 5). Names to show come from the city pack.</summary>
public enum WhistleOccasion
{
    /// <summary>群众诉求.</summary>
    PublicDemand,

    /// <summary>重点工作.</summary>
    KeyWork,

    /// <summary>综合执法.</summary>
    JointEnforcement,

    /// <summary>应急处置.</summary>
    Emergency,
}
