namespace WhistleActors.Domain.Whistles;

/// <summary>How urgent a whistle is. Names to show come from the city pack.</summary>
public enum WhistleLevel
{
    /// <summary>日常哨.</summary>
    Daily,

    /// <summary>攻坚哨.</summary>
    Campaign,

    /// <summary>应急哨.</summary>
    Emergency,
}
