using NetTopologySuite.Geometries;

namespace WhistleActors.NewYork;

/// <summary>The whole area of a ZIP code, and what the source says of its largest polygon.</summary>
internal sealed record ZipArea(string Zip, string PostOffice, string County, Geometry Area);
