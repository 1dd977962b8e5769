using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Testing;

/// <summary>
/// The example city of <c>city-packs/example</c>: two districts, three subdistricts, six square grids. A burst main is led by the waterworks,
/// the district's roads bureau cooperates, the command centre is told.
/// </summary>
internal static class ExampleCity
{
    /// <summary>Ten in the morning of a working Tuesday.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 10, 10, 0, 0, TimeSpan.FromHours(8));

    public static readonly GridCode Belfry = GridCode.Parse("99010100100101");
    public static readonly GridCode Market = GridCode.Parse("99010100100201");
    public static readonly GridCode RiverBend = GridCode.Parse("99010100200101");
    public static readonly GridCode Station = GridCode.Parse("99010200100101");
    public static readonly SubdistrictCode OldTown = SubdistrictCode.Parse("990101001");
    public static readonly DistrictCode West = DistrictCode.Parse("990101");

    public static readonly DepartmentCode Waterworks = DepartmentCode.Parse("waterworks");
    public static readonly DepartmentCode WestRoads = DepartmentCode.Parse("990101-roads");
    public static readonly DepartmentCode EastRoads = DepartmentCode.Parse("990102-roads");
    public static readonly DepartmentCode Command = DepartmentCode.Parse("command");
    public static readonly MatterCode BurstMain = MatterCode.Parse("burst-main");

    public static readonly Officer Street = Person("street", OldTown.Text, Role.SubdistrictOfficer);

    /// <summary>The middle of <see cref="Belfry"/>.</summary>
    public static readonly LonLat InBelfry = new(120.005, 30.005);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "city-packs", "example");

    public static CityPack Pack { get; } = CityPackReader.Read(Folder) switch
    {
        CityPackReading.Loaded loaded => loaded.Pack,
        CityPackReading.Refused refused => throw new InvalidOperationException(string.Join(Environment.NewLine, refused.Faults)),
        var other => throw new InvalidOperationException($"Unknown reading {other}."),
    };

    public static Officer Dispatcher(DepartmentCode department) => Person($"dispatcher-{department}", department.Text, Role.Dispatcher);

    public static Officer Person(string id, string organisation, Role role) =>
        new(PersonId.Parse(id), id, OrganisationCode.Parse(organisation), role);
}
