using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Bench;

/// <summary>Bytes on the heap of a grid in memory: idle, which it stays for two minutes before it leaves; and with an open whistle.</summary>
internal static class GridMemory
{
    private const int Grids = 5_000;

    internal static async Task<(double Idle, double Open)> MeasureAsync(string folder)
    {
        await using var server = await InProcessCity.StartAsync(folder);
        var (city, pack) = (server.City, server.Pack);
        var grids = pack.Territory.Grids.Values.OrderBy(grid => grid.Code.Text, StringComparer.Ordinal).Take(Grids + 1).ToList();
        await city.OpenInGridAsync(grids[Grids].Code, default);

        var before = Heap();
        await Parallel.ForEachAsync(grids.Take(Grids), async (grid, cancelled) => await city.OpenInGridAsync(grid.Code, cancelled));
        var idle = Heap();
        var matter = pack.Matters.Keys.OrderBy(code => code.Text, StringComparer.Ordinal).First();
        await Parallel.ForEachAsync(grids.Take(Grids), async (grid, cancelled) => await city.GiveOrderAsync(grid.Code, Blow(grid, matter), cancelled));
        var open = Heap();
        return ((double)(idle - before) / Grids, (double)(open - before) / Grids);
    }

    private static Order Blow(Grid grid, Domain.Matters.MatterCode matter) => new(
        new BlowWhistle(matter, WhistleOccasion.Emergency, WhistleLevel.Daily, WhistleChain.Service, "自来水管破裂，路面积水", null, null, null),
        new Officer(PersonId.Parse("bench"), "bench", OrganisationCode.Parse(grid.Subdistrict.Text), Role.SubdistrictOfficer));

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
