using System.Globalization;
using CsvHelper;

namespace WhistleActors.Simulator.Scenarios;

/// <summary>Reads a "311 Service Requests" file of NYC Open Data.</summary>
internal static class TicketFile
{
    /// <summary>The requests with a position, in the order of their times, and how many had none.</summary>
    public static (IReadOnlyList<Ticket> Tickets, int WithoutPosition) Read(string file)
    {
        using var text = new StreamReader(file);
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        var tickets = new List<Ticket>();
        var without = 0;
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            if (csv.GetField<double?>("longitude") is { } lon && csv.GetField<double?>("latitude") is { } lat)
            {
                tickets.Add(new Ticket(
                    csv.GetField("unique_key")!,
                    csv.GetField<DateTime>("created_date"),
                    csv.GetField("agency")!,
                    csv.GetField("complaint_type")!,
                    csv.GetField("descriptor") ?? "",
                    csv.GetField("incident_address") ?? "",
                    lon,
                    lat));
            }
            else
            {
                without++;
            }
        }

        return ([.. tickets.OrderBy(ticket => ticket.At)], without);
    }
}
