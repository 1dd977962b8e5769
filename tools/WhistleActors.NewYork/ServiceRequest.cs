namespace WhistleActors.NewYork;

/// <summary>One 311 service request, in the terms of the pack that <see cref="NewYorkPack"/> builds.</summary>
/// <param name="Key">The city's unique key.</param>
/// <param name="Created">When it came in.</param>
/// <param name="Closed">When it was closed; null while open.</param>
/// <param name="Agency">The agency's short name, such as NYPD.</param>
/// <param name="AgencyName">Its full name.</param>
/// <param name="ComplaintType">What it is about, as the city writes it.</param>
/// <param name="Descriptor">The finer class; may be empty.</param>
/// <param name="Zip">The ZIP code; may be empty or one that has no area.</param>
/// <param name="Lon">Longitude, WGS-84; null when the request has no position.</param>
/// <param name="Lat">Latitude, WGS-84.</param>
public sealed record ServiceRequest(
    string Key,
    DateTimeOffset Created,
    DateTimeOffset? Closed,
    string Agency,
    string AgencyName,
    string ComplaintType,
    string Descriptor,
    string Zip,
    double? Lon,
    double? Lat)
{
    /// <summary>The code of the matter in the pack.</summary>
    public string Matter => NewYorkCode.Matter(ComplaintType);

    /// <summary>The code of the agency's department, and of its bureau, in the pack.</summary>
    public string Department => NewYorkCode.Bureau(Agency);

    /// <summary>The code of the grid in the pack; empty when there is no ZIP code.</summary>
    public string Grid => NewYorkCode.Zip(Zip);
}
