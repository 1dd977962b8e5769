namespace WhistleActors.Domain.Geography;

/// <summary>A point in degrees WGS-84, longitude first as in GeoJSON (RFC 7946).</summary>
public readonly record struct LonLat(double Lon, double Lat)
{
    /// <summary>True when both coordinates are finite and on the globe.</summary>
    public bool IsOnGlobe => Lon is >= -180 and <= 180 && Lat is >= -90 and <= 90;

    /// <summary>Metres to another point, in a plane that touches the globe between them: exact enough within some hundred kilometres.</summary>
    public double MetresTo(LonLat other)
    {
        const double metresPerDegree = 6_371_008.8 * Math.PI / 180;
        var east = (other.Lon - Lon) * metresPerDegree * Math.Cos((Lat + other.Lat) / 2 * Math.PI / 180);
        var north = (other.Lat - Lat) * metresPerDegree;
        return Math.Sqrt((east * east) + (north * north));
    }
}
