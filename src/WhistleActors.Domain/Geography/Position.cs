namespace WhistleActors.Domain.Geography;

/// <summary>A place as somebody states it: degrees, longitude first, in a named datum.</summary>
public readonly record struct Position(double Lon, double Lat, Datum Datum)
{
    /// <summary>The same place in WGS-84.</summary>
    public LonLat ToWgs84() => Datum switch
    {
        Datum.Wgs84 => new LonLat(Lon, Lat),
        Datum.Gcj02 => Gcj02.ToWgs84(new LonLat(Lon, Lat)),
        _ => throw new ArgumentOutOfRangeException(nameof(Datum), Datum, "unknown datum"),
    };
}
