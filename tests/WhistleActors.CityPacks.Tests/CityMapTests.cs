using System.Text.Json;
using WhistleActors.Domain.CityPacks;

namespace WhistleActors.CityPacks.Tests;

public sealed class CityMapTests
{
    private static readonly CityPack Pack = CityPackReader.Read(Repository.Pack("example")).ShouldBeOfType<CityPackReading.Loaded>().Pack;

    private static List<JsonElement> Features(byte[] map)
    {
        var root = JsonDocument.Parse(map).RootElement;
        root.GetProperty("type").GetString().ShouldBe("FeatureCollection");
        return [.. root.GetProperty("features").EnumerateArray()];
    }

    [Fact]
    public void Districts_carry_their_names_in_both_languages_and_their_seat()
    {
        var features = Features(CityMap.Districts(Pack));
        features.Count.ShouldBe(2);
        features[0].GetProperty("properties").GetRawText().ShouldBe("{\"code\":\"990101\",\"zh\":\"西区\",\"en\":\"West District\",\"lon\":120.005,\"lat\":30.005}");
    }

    [Fact]
    public void Grids_carry_the_units_above_them_and_come_in_order_of_code()
    {
        var features = Features(CityMap.Grids(Pack));
        features.Select(feature => feature.GetProperty("properties").GetProperty("code").GetString()).ShouldBeInOrder();
        features[0].GetProperty("properties").GetRawText()
            .ShouldBe("{\"code\":\"99010100100101\",\"community\":\"990101001001\",\"subdistrict\":\"990101001\",\"district\":\"990101\"}");
        features[0].GetProperty("geometry").GetRawText()
            .ShouldBe("{\"type\":\"Polygon\",\"coordinates\":[[[120,30],[120.01,30],[120.01,30.01],[120,30.01],[120,30]]]}");
    }
}
