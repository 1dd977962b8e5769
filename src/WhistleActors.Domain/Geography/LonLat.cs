namespace WhistleActors.Domain.Geography;

/// <summary>A point in degrees WGS-84, longitude first as in GeoJSON (RFC 7946).</summary>
public readonly record struct LonLat(double Lon, double Lat)
{
    /// <summary>True when both coordinates are finite and on the globe.</summary>
    public bool IsOnGlobe => Lon is >= -180 and <= 180 && Lat is >= -90 and <= 90;
}
