namespace WhistleActors.CityPacks;

/// <summary>How the territory codes of a city are built (DOMAIN 5.2).</summary>
public enum GridCodeScheme
{
    /// <summary>Any codes; the files alone say what belongs to what.</summary>
    Free,

    /// <summary>CJ/T 213 and GB/T 30428.1: grid of 14 digits = district 6 + subdistrict 3 + community 3 + sequence 2.</summary>
    Cn14,

    /// <summary>Beijing's local standard: grid of 15 digits = district 6 + subdistrict 3 + community 3 + sequence 3.</summary>
    Bj15,

    /// <summary>CJ/T 349: grid of 20 digits = class 6 + district 6 + subdistrict 3 + community 3 + sequence 2.</summary>
    Cjt349,
}
