using WhistleActors.Client;
using WhistleActors.Contract.City;
using WhistleActors.Contract.Departments;

namespace WhistleActors.Simulator.Cities;

/// <summary>What the simulator knows of the city that the server coordinates: read once, over the public API.</summary>
internal sealed class CityMap
{
    private readonly Dictionary<string, Cell> cells;
    private readonly Dictionary<string, DepartmentView> departments;

    public CityMap(CityView city, IReadOnlyList<Cell> cells, IReadOnlyList<MatterView> matters, IReadOnlyList<DepartmentView> departments)
    {
        City = city;
        Cells = cells;
        Matters = matters;
        Departments = departments;
        this.cells = cells.ToDictionary(cell => cell.Code);
        this.departments = departments.ToDictionary(department => department.Code);
        Zone = TimeZoneInfo.FindSystemTimeZoneById(city.TimeZone);
    }

    public CityView City { get; }

    public IReadOnlyList<Cell> Cells { get; }

    public IReadOnlyList<MatterView> Matters { get; }

    public IReadOnlyList<DepartmentView> Departments { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>True where people write Chinese and phones measure in GCJ-02.</summary>
    public bool IsChinese => City.TimeZone is "Asia/Shanghai" or "Asia/Chongqing" or "Asia/Urumqi";

    public static async Task<CityMap> LoadAsync(WhistleClient client, CancellationToken cancel)
    {
        var city = client.CityAsync(cancel);
        var shapes = client.GridShapesAsync(cancel);
        var matters = client.MattersAsync(cancel);
        var departments = client.DepartmentsAsync(cancel);
        return new CityMap(await city, GeoJsonCells.Read(await shapes), await matters, await departments);
    }

    public Cell Cell(string code) => cells[code];

    public bool HasCell(string code) => cells.ContainsKey(code);

    public DepartmentView? Department(string code) => departments.GetValueOrDefault(code);

    /// <summary>The city's calendar day at an instant.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);
}
