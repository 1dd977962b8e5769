using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;

namespace WhistleActors.NewYork;

/// <summary>Reads the export of NYC Open Data "311 Service Requests" (erm2-nwe9).</summary>
public static class ServiceRequests
{
    /// <summary>The time zone that the export's times are in.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>All requests of a CSV file, earliest first.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A time or number in it is none.</exception>
    public static ImmutableArray<ServiceRequest> Read(string file)
    {
        using var csv = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var requests = ImmutableArray.CreateBuilder<ServiceRequest>();
        while (csv.Read())
        {
            string Cell(string column) => csv.GetField(column)?.Trim() ?? "";
            requests.Add(new ServiceRequest(
                Cell("unique_key"),
                Time(Cell("created_date")),
                Cell("closed_date") is { Length: > 0 } closed ? Time(closed) : null,
                Cell("agency"),
                Cell("agency_name"),
                Cell("complaint_type"),
                Cell("descriptor"),
                Cell("incident_zip"),
                Cell("longitude") is { Length: > 0 } lon ? double.Parse(lon, CultureInfo.InvariantCulture) : null,
                Cell("latitude") is { Length: > 0 } lat ? double.Parse(lat, CultureInfo.InvariantCulture) : null));
        }

        return [.. requests.OrderBy(request => request.Created).ThenBy(request => request.Key, StringComparer.Ordinal)];
    }

    private static DateTimeOffset Time(string text)
    {
        var local = DateTime.Parse(text, CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
