using NetTopologySuite.Geometries;

namespace WhistleActors.BeijingPack;

/// <summary>
/// A plain outline of the municipality, drawn by hand for this project from general knowledge of its extent and shape. It is a sketch:
/// true in scale and place to a few kilometres, and taken from no map data.
/// </summary>
internal static class CityOutline
{
    private static readonly double[] LonLat =
    [
        116.68, 41.04, 116.60, 41.06, 116.46, 40.98, 116.44, 40.90, 116.33, 40.93, 116.28, 40.87, 116.25, 40.79, 116.11, 40.65, 115.97, 40.60,
        115.84, 40.61, 115.76, 40.55, 115.75, 40.50, 115.86, 40.37, 115.93, 40.33, 115.91, 40.23, 115.85, 40.15, 115.72, 40.17, 115.59, 40.12,
        115.46, 40.03, 115.45, 39.95, 115.53, 39.90, 115.51, 39.84, 115.43, 39.79, 115.48, 39.74, 115.50, 39.65, 115.57, 39.59, 115.68, 39.57,
        115.77, 39.51, 115.83, 39.52, 115.90, 39.57, 115.98, 39.58, 116.10, 39.58, 116.20, 39.58, 116.24, 39.52, 116.34, 39.45, 116.42, 39.44,
        116.45, 39.51, 116.53, 39.60, 116.62, 39.61, 116.71, 39.62, 116.80, 39.61, 116.89, 39.68, 116.92, 39.76, 116.91, 39.83, 116.84, 39.86,
        116.78, 39.90, 116.76, 39.97, 116.78, 40.04, 116.86, 40.03, 116.95, 40.06, 117.06, 40.06, 117.17, 40.08, 117.25, 40.11, 117.33, 40.14,
        117.37, 40.20, 117.34, 40.28, 117.29, 40.32, 117.23, 40.37, 117.22, 40.43, 117.26, 40.52, 117.35, 40.57, 117.44, 40.61, 117.51, 40.65,
        117.49, 40.69, 117.41, 40.69, 117.31, 40.66, 117.22, 40.70, 117.11, 40.70, 117.00, 40.71, 116.92, 40.77, 116.80, 40.84, 116.72, 40.91,
    ];

    internal static Polygon OnPlane(GeometryFactory factory)
    {
        var ring = new List<Coordinate>();
        for (var i = 0; i < LonLat.Length; i += 2)
            ring.Add(Plane.FromDegrees(LonLat[i], LonLat[i + 1]));
        ring.Add(ring[0]);
        return factory.CreatePolygon([.. ring]);
    }
}
