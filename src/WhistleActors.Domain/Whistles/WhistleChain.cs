namespace WhistleActors.Domain.Whistles;

/// <summary>Which chain of work a whistle belongs to (Pinggu; DOMAIN 3.5). Names to show come from the city pack.</summary>
public enum WhistleChain
{
    /// <summary>执法.</summary>
    Enforcement,

    /// <summary>管理.</summary>
    Management,

    /// <summary>服务.</summary>
    Service,

    /// <summary>发展.</summary>
    Development,
}
