namespace WhistleActors.Simulator.Scenarios;

/// <summary>One line of New York's 311 file.</summary>
/// <param name="At">Local time of the city.</param>
internal sealed record Ticket(string Key, DateTime At, string Agency, string ComplaintType, string Descriptor, string Address, double Lon, double Lat);
