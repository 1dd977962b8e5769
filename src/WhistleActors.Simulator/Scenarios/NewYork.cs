using System.Runtime.CompilerServices;
using WhistleActors.Client;
using WhistleActors.Contract.City;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Cities;
using WhistleActors.Simulator.Plans;

namespace WhistleActors.Simulator.Scenarios;

/// <summary>
/// Replays real service requests in the order of their times: the position decides the grid, the complaint type the matter, the agency the
/// lead department.
/// </summary>
internal sealed class NewYork : IScenario
{
    private readonly IReadOnlyList<Ticket> tickets;
    private readonly double speed;
    private readonly CityMap city;
    private readonly WhistleClient observer;
    private readonly TimeProvider clock;
    private readonly Dictionary<string, MatterView> matters;
    private readonly Dictionary<(string District, string Matter), ProposalView> proposals = [];
    private readonly int withoutPosition;
    private int outside;
    private int unknown;

    /// <param name="speed">How many minutes of the file pass in one of ours.</param>
    public NewYork(string file, int? most, double speed, CityMap city, WhistleClient observer, TimeProvider clock)
    {
        (this.speed, this.city, this.observer, this.clock) = (speed, city, observer, clock);
        (var all, withoutPosition) = TicketFile.Read(file);
        tickets = most is { } limit ? [.. all.Take(limit)] : all;
        matters = city.Matters.GroupBy(matter => matter.Name.En, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
    }

    public int? Expected => tickets.Count;

    public bool IsEndless => false;

    public IReadOnlyList<Remark> Remarks =>
    [
        new("没有坐标的记录", "Requests without a position", withoutPosition),
        new("不在任何网格内", "Requests outside every grid", outside),
        new("没有对应事项或部门", "Requests without a matter or department", unknown),
    ];

    public async IAsyncEnumerable<WhistlePlan> WhistlesAsync(Func<int> open, [EnumeratorCancellation] CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        for (var number = 0; number < tickets.Count; number++)
        {
            var ticket = tickets[number];
            var wait = ((ticket.At - tickets[0].At) / speed) - clock.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                yield break;
            if (await PlanAsync(number + 1, ticket, stop) is { } plan)
                yield return plan;
        }
    }

    private async Task<WhistlePlan?> PlanAsync(long number, Ticket ticket, CancellationToken cancel)
    {
        if (!matters.TryGetValue(ticket.ComplaintType, out var matter))
        {
            unknown++;
            return null;
        }

        GridView grid;
        try
        {
            grid = await observer.LocateAsync(ticket.Lon, ticket.Lat, "wgs84", cancel);
        }
        catch (RefusedException refused) when (refused.Problem.Status == 404)
        {
            outside++;
            return null;
        }

        var agency = city.Departments.FirstOrDefault(department =>
            (department.District is null || department.District == grid.District)
            && (Same(department.Bureau, ticket.Agency) || Same(department.ShortName.En, ticket.Agency) || Same(department.Code, ticket.Agency)));
        if (agency is null)
        {
            unknown++;
            return null;
        }

        if (!proposals.TryGetValue((grid.District, matter.Code), out var proposal))
            proposals[(grid.District, matter.Code)] = proposal = await observer.ProposalAsync(grid.Code, matter.Code, cancel);
        var isProposed = proposal.Summonses.Any(summons => summons.Role == DutyRole.Lead && summons.Department == agency.Code);
        var text = string.Join(", ", new[] { ticket.Descriptor, ticket.Address, $"311 #{ticket.Key}" }.Where(part => part.Length > 0));
        var request = new BlowRequest(matter.Code, "public-demand", "daily", "service", text, new PlaceRequest(ticket.Lon, ticket.Lat, "wgs84"));
        return new WhistlePlan(
            number,
            grid.Code,
            isProposed ? request : request with { Summon = [new SummonRequest(agency.Code, "lead")], ChangedProposal = "Routed to this agency by 311." },
            ChangesProposal: false,
            IsWithdrawn: false);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
