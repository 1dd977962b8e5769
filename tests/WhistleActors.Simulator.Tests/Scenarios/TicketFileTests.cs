using Shouldly;
using WhistleActors.Simulator.Scenarios;
using Xunit;

namespace WhistleActors.Simulator.Tests.Scenarios;

public sealed class TicketFileTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Requests_come_in_the_order_of_their_times_and_those_without_a_position_are_counted()
    {
        File.WriteAllText(
            file,
            """"
            "unique_key","created_date","agency","complaint_type","descriptor","incident_address","latitude","longitude"
            "2","2024-04-16T03:03:15.000","DOT","Street Condition","Pothole",,"40.67679280229251","-73.7379342313789"
            "1","2024-04-15T22:51:00.000","NYPD","Noise, Residential","Loud ""Music""","12 MAIN STREET","40.7","-73.9"
            "3","2024-04-16T01:00:00.000","DSNY","Dirty",,,,
            """");

        var (tickets, without) = TicketFile.Read(file);

        without.ShouldBe(1);
        tickets.Select(ticket => ticket.Key).ShouldBe(["1", "2"]);
        tickets[0].ShouldBe(new Ticket("1", new DateTime(2024, 4, 15, 22, 51, 0), "NYPD", "Noise, Residential", "Loud \"Music\"", "12 MAIN STREET", -73.9, 40.7));
        tickets[1].Address.ShouldBeEmpty();
    }
}
