using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.NewYork;

namespace WhistleActors.CityPacks.Tests;

/// <summary>A second city whose data nobody of this project made: nothing in the reader is tied to Beijing.</summary>
public sealed class NewYorkTests : IDisposable
{
    private static readonly string Source = Path.Combine(
        Environment.GetEnvironmentVariable("WHISTLE_SHARED") ?? Path.Combine(Repository.Root, "..", "shared"), "data", "nyc311");

    private readonly string folder = Directory.CreateTempSubdirectory("new-york-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private CityPack Build()
    {
        Assert.SkipUnless(Directory.Exists(Source), $"The New York data is not at {Source}; set WHISTLE_SHARED to the folder above data/nyc311.");
        NewYorkPack.Build(Source, folder);
        return CityPackReader.Read(folder) switch
        {
            CityPackReading.Loaded loaded => loaded.Pack,
            CityPackReading.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Faults)),
            _ => throw new InvalidOperationException(),
        };
    }

    [Fact]
    public void New_York_loads_as_a_city_of_five_districts()
    {
        var pack = Build();
        pack.Territory.Districts.Count.ShouldBe(5);
        pack.Territory.Grids.Count.ShouldBe(248);
        pack.Matters.Count.ShouldBe(60);
        pack.Calendar.Zone.Id.ShouldBe("America/New_York");
        pack.DepartmentFor(BureauCode.Parse("nypd"), DistrictCode.Parse("Queens"))?.Name.En.ShouldBe("New York City Police Department");
        pack.Duties[MatterCode.Parse("encampment")].Select(duty => (duty.Bureau.Text, duty.Role)).ShouldBe([("nypd", DutyRole.Lead), ("dhs", DutyRole.Cooperating)]);
    }

    [Fact]
    public void Every_request_with_a_ZIP_area_fits_the_pack_and_nearly_all_positions_lie_in_their_ZIP()
    {
        var pack = Build();
        var locator = new GridLocator(pack.Territory);
        var requests = ServiceRequests.Read(Path.Combine(Source, NewYorkPack.RequestFile));
        requests.Length.ShouldBe(1000);
        requests.Select(request => request.Created).ShouldBeInOrder();
        requests.ShouldAllBe(request => pack.Matters.ContainsKey(MatterCode.Parse(request.Matter)));
        requests.ShouldAllBe(request => pack.Departments.ContainsKey(DepartmentCode.Parse(request.Department)));
        var placed = requests.Where(request => request is { Lon: not null, Zip.Length: > 0 }).ToList();
        var agree = placed.Count(request => locator.Locate(new LonLat(request.Lon!.Value, request.Lat!.Value))?.Code.Text == request.Grid);
        agree.ShouldBeGreaterThan(placed.Count * 95 / 100, $"{agree} of {placed.Count}");
    }
}
