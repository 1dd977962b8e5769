using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Geography;

namespace WhistleActors.CityPacks.Tests;

public sealed class GridLocatorTests
{
    private static readonly CityPack Pack = CityPackReader.Read(Repository.Pack("example")).ShouldBeOfType<CityPackReading.Loaded>().Pack;

    private readonly GridLocator locator = new(Pack.Territory);

    [Theory]
    [InlineData(120.005, 30.005, "99010100100101")]
    [InlineData(120.015, 30.015, "99010100200102")]
    [InlineData(120.025, 30.019, "99010200100101")]
    public void A_point_inside_a_grid_is_in_that_grid(double lon, double lat, string code) =>
        locator.Locate(new LonLat(lon, lat))?.Code.Text.ShouldBe(code);

    [Theory]
    [InlineData(120.01, 30.005, "99010100100101")]
    [InlineData(120.01, 30.01, "99010100100101")]
    [InlineData(120.02, 30.015, "99010100200102")]
    [InlineData(120.03, 30.01, "99010200100101")]
    public void On_a_shared_border_the_least_code_wins(double lon, double lat, string code) =>
        locator.Locate(new LonLat(lon, lat))?.Code.Text.ShouldBe(code);

    [Theory]
    [InlineData(120, 30)]
    [InlineData(120.04, 30.02)]
    public void The_outermost_corner_is_still_inside(double lon, double lat) => locator.Locate(new LonLat(lon, lat)).ShouldNotBeNull();

    [Theory]
    [InlineData(119.9999, 30.005)]
    [InlineData(30.005, 120.005)]
    [InlineData(double.NaN, 30.005)]
    [InlineData(120.005, double.PositiveInfinity)]
    [InlineData(0, 0)]
    public void Elsewhere_there_is_no_grid(double lon, double lat) => locator.Locate(new LonLat(lon, lat)).ShouldBeNull();
}
