using System.Diagnostics;
using WhistleActors.Domain.CityPacks;

namespace WhistleActors.CityPacks.Tests;

public sealed class BeijingTests(BeijingFixture beijing) : IClassFixture<BeijingFixture>
{
    private CityPack Pack => beijing.Pack;

    [Fact]
    public void Beijing_has_its_16_districts_349_subdistricts_and_7535_communities()
    {
        Pack.Territory.Districts.Count.ShouldBe(16);
        Pack.Territory.Subdistricts.Count.ShouldBe(349);
        Pack.Territory.Communities.Count.ShouldBe(7535);
        Pack.Territory.Grids.Count.ShouldBe(7535);
    }

    [Fact]
    public void Every_grid_is_found_at_its_inner_point()
    {
        var locator = new GridLocator(Pack.Territory);
        foreach (var grid in Pack.Territory.Grids.Values)
            locator.Locate(grid.Area.InnerPoint())?.Code.ShouldBe(grid.Code);
    }

    [Fact]
    public void The_map_of_the_grids_is_small()
    {
        var watch = Stopwatch.StartNew();
        var size = CityMap.Grids(Pack).Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"{size} bytes in {watch.ElapsedMilliseconds} ms; districts {CityMap.Districts(Pack).Length} bytes");
        size.ShouldBeLessThan(3_000_000);
    }
}
