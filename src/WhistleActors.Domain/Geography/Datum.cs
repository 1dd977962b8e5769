namespace WhistleActors.Domain.Geography;

/// <summary>The geodetic datum that coordinates are given in. There is no default: a position without a datum is refused.</summary>
public enum Datum
{
    /// <summary>World Geodetic System 1984: GPS, GeoJSON, and every geometry of a city pack.</summary>
    Wgs84,

    /// <summary>The offset datum of Chinese consumer maps (GCJ-02), up to about 700 m away from WGS-84.</summary>
    Gcj02,
}
