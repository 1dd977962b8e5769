using System.Text;
using WhistleActors.Contract;
using WhistleActors.Contract.City;
using WhistleActors.Contract.Departments;
using WhistleActors.Simulator.Cities;

namespace WhistleActors.Simulator.Tests;

/// <summary>A city of two cells: one with a dent and a hole, one in two parts.</summary>
internal static class SampleCity
{
    public const string GeoJson =
        """
        {"type":"FeatureCollection","features":[
          {"type":"Feature","properties":{"code":"g1","community":"c1","subdistrict":"110101001","district":"110101"},
           "geometry":{"type":"Polygon","coordinates":[
             [[116.40,39.90],[116.41,39.90],[116.41,39.91],[116.405,39.903],[116.40,39.91],[116.40,39.90]],
             [[116.402,39.9005],[116.404,39.9005],[116.404,39.902],[116.402,39.902],[116.402,39.9005]]]}},
          {"type":"Feature","properties":{"code":"g2","community":"c2","subdistrict":"110101002","district":"110101"},
           "geometry":{"type":"MultiPolygon","coordinates":[
             [[[116.42,39.90],[116.43,39.90],[116.43,39.91],[116.42,39.91],[116.42,39.90]]],
             [[[116.44,39.90],[116.4401,39.90],[116.4401,39.95],[116.44,39.95],[116.44,39.90]]]]}}]}
        """;

    public static IReadOnlyList<Cell> Cells { get; } = GeoJsonCells.Read(Encoding.UTF8.GetBytes(GeoJson));

    public static CityMap Map(string timeZone = "Asia/Shanghai") => new(
        new CityView(
            "sample", "1", new Text("样城", "Sample"), new Text("", ""), timeZone, [116.4, 39.9, 116.5, 40], new Dictionary<string, Text>(), new Dictionary<string, Text>(),
            new Dictionary<string, Text>(), [], 2, 2, 2, 1),
        Cells,
        [
            new MatterView("20401", new Text("路面塌陷", "Road collapse"), new Text("突发事件", "Emergencies")),
            new MatterView("20102", new Text("暴露垃圾", "Exposed refuse"), new Text("市容环境", "Appearance")),
        ],
        [new DepartmentView("110101-chengguan", "chengguan", new Text("城管", "Urban management"), new Text("城管", "UM"), "bureau", "110101", [new CrewView("k1", new Text("一队", "One"), 4)])]);
}
