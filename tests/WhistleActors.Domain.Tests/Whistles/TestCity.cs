using System.Collections.Frozen;
using System.Collections.Immutable;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>
/// A city small enough to know by heart: two districts, three subdistricts, five square grids, and a handful of departments. The district
/// of Dongcheng has its own water company, urban management, police; the weather service serves the whole city.
/// </summary>
internal static partial class TestCity
{
    /// <summary>Ten in the morning of a Tuesday.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 10, 10, 0, 0, TimeSpan.FromHours(8));

    public static readonly DistrictCode Dongcheng = DistrictCode.Parse("110101");
    public static readonly DistrictCode Chaoyang = DistrictCode.Parse("110105");

    public static readonly SubdistrictCode Donghuamen = SubdistrictCode.Parse("110101001");
    public static readonly SubdistrictCode Jingshan = SubdistrictCode.Parse("110101002");
    public static readonly SubdistrictCode Jianwai = SubdistrictCode.Parse("110105001");

    /// <summary>From 116.40 to 116.41 degrees east, 39.90 to 39.91 north.</summary>
    public static readonly GridCode Home = GridCode.Parse("110101001001001");
    public static readonly GridCode Next = GridCode.Parse("110101001001002");
    public static readonly GridCode Other = GridCode.Parse("110101002001001");
    public static readonly GridCode Far = GridCode.Parse("110105001001001");

    /// <summary>West of <see cref="Home"/>, across the boundary of the districts.</summary>
    public static readonly GridCode Border = GridCode.Parse("110105001001002");

    public static readonly DepartmentCode Water = DepartmentCode.Parse("water-110101");
    public static readonly DepartmentCode Urban = DepartmentCode.Parse("urban-110101");
    public static readonly DepartmentCode Police = DepartmentCode.Parse("police-110101");
    public static readonly DepartmentCode Weather = DepartmentCode.Parse("weather");
    public static readonly DepartmentCode FarUrban = DepartmentCode.Parse("urban-110105");

    /// <summary>Only in <see cref="StrictPack"/>.</summary>
    public static readonly DepartmentCode CommandCentre = DepartmentCode.Parse("command-110101");

    /// <summary>The subdistrict of <see cref="Home"/> as a party that a department summons.</summary>
    public static readonly DepartmentCode DonghuamenAsParty = DepartmentCode.Parse(Donghuamen.Text);

    public static readonly CrewCode WaterCrew = CrewCode.Parse("water-crew-1");

    /// <summary>Posted to <see cref="Jingshan"/>.</summary>
    public static readonly CrewCode PostedCrew = CrewCode.Parse("water-crew-2");
    public static readonly CrewCode UrbanCrew = CrewCode.Parse("urban-crew-1");

    /// <summary>A burst main: water leads, urban management and police cooperate, the weather service is told.</summary>
    public static readonly MatterCode BurstMain = MatterCode.Parse("burst-main");

    /// <summary>Street stalls: urban management leads until the end of June 2026, the police from July on.</summary>
    public static readonly MatterCode Stalls = MatterCode.Parse("stalls");

    /// <summary>Nobody leads it any more since 2020.</summary>
    public static readonly MatterCode Orphan = MatterCode.Parse("orphan");

    public static readonly Officer Street = Person("street", Donghuamen.Text, Role.SubdistrictOfficer);
    public static readonly Officer Leader = Person("leader", Donghuamen.Text, Role.SubdistrictLeader);
    public static readonly Officer OtherStreet = Person("other-street", Jingshan.Text, Role.SubdistrictOfficer);
    public static readonly Officer BorderStreet = Person("border-street", Jianwai.Text, Role.SubdistrictOfficer);
    public static readonly Officer Command = Person("command", Dongcheng.Text, Role.Commander);
    public static readonly Officer FarCommand = Person("far-command", Chaoyang.Text, Role.Commander);
    public static readonly Officer Wall = Person("wall", Donghuamen.Text, Role.Observer);

    public static readonly LonLat Inside = new(116.405, 39.905);

    public static readonly CityPack Pack = Build("2026.1");

    /// <summary>The city after its grids were drawn anew: <see cref="Home"/> is gone.</summary>
    public static readonly CityPack PackWithoutHome = Build("2026.2", withoutGrid: Home);

    /// <summary>
    /// The city that allows more and asks more: every direction; a campaign is started by subdistricts only and waits for the leader; an emergency is
    /// approved by the command centre within an hour; and there is a command centre to be the backstop.
    /// </summary>
    public static readonly CityPack StrictPack = Pack with
    {
        Departments = Pack.Departments.Values.Append(new Department(
            CommandCentre, BureauCode.Parse("command"), Text("东城区指挥中心", "Dongcheng Command Centre"), Text("指挥中心", "Command"), DepartmentKind.CommandCentre, Dongcheng))
            .ToFrozenDictionary(department => department.Code),
        BlowingPolicy = BlowingPolicy.Default with
        {
            Directions = Enum.GetValues<WhistleDirection>().ToFrozenSet(),
            Starters = new Dictionary<WhistleLevel, FrozenSet<Role>>
            {
                [WhistleLevel.Campaign] = new[] { Role.SubdistrictOfficer, Role.SubdistrictLeader }.ToFrozenSet(),
            }.ToFrozenDictionary(),
            Approvals = new Dictionary<WhistleLevel, ApprovalRule>
            {
                [WhistleLevel.Campaign] = new(Role.SubdistrictLeader, Within: null),
                [WhistleLevel.Emergency] = new(Role.Commander, TimeSpan.FromHours(1)),
            }.ToFrozenDictionary(),
        },
    };

    public static Grid GridOf(GridCode code) => Pack.Territory.Grids[code];

    public static Officer Dispatcher(DepartmentCode department) => Person("dispatcher-" + department, department.Text, Role.Dispatcher);

    public static Officer CrewOf(DepartmentCode department) => Person("crew-" + department, department.Text, Role.Crew);

    public static Officer Person(string id, string organisation, Role role) =>
        new(PersonId.Parse(id), id, OrganisationCode.Parse(organisation), role);

    /// <summary>So many metres east of the eastern edge of <see cref="Home"/>; negative is inside.</summary>
    public static LonLat EastOfHome(double metres) => new(116.41 + (metres / (6_371_008.8 * Math.PI / 180 * Math.Cos(39.905 * Math.PI / 180))), 39.905);

    private static LocalizedText Text(string zh, string en) => new(zh, en);

    private static CityPack Build(string version, GridCode? withoutGrid = null)
    {
        District[] districts =
        [
            new(Dongcheng, Text("东城区", "Dongcheng"), Inside, Square(116.40, 39.90, 0.03)),
            new(Chaoyang, Text("朝阳区", "Chaoyang"), new LonLat(116.505, 39.905), Square(116.50, 39.90, 0.03)),
        ];
        Subdistrict[] subdistricts =
        [
            new(Donghuamen, Dongcheng, Text("东华门街道", "Donghuamen"), "街道"),
            new(Jingshan, Dongcheng, Text("景山街道", "Jingshan"), "街道"),
            new(Jianwai, Chaoyang, Text("建外街道", "Jianwai"), "街道"),
        ];
        Grid[] grids =
        [
            SquareGrid(Home, Donghuamen, Dongcheng, 116.40, 39.90),
            SquareGrid(Next, Donghuamen, Dongcheng, 116.41, 39.90),
            SquareGrid(Other, Jingshan, Dongcheng, 116.40, 39.91),
            SquareGrid(Far, Jianwai, Chaoyang, 116.50, 39.90),
            SquareGrid(Border, Jianwai, Chaoyang, 116.39, 39.90),
        ];
        Department[] departments =
        [
            new(Water, BureauCode.Parse("water"), Text("东城区自来水公司", "Dongcheng Water"), Text("自来水", "Water"), DepartmentKind.Enterprise, Dongcheng),
            new(Urban, BureauCode.Parse("urban"), Text("东城区城管委", "Dongcheng Urban Management"), Text("城管", "Urban"), DepartmentKind.Bureau, Dongcheng),
            new(Police, BureauCode.Parse("police"), Text("东城公安分局", "Dongcheng Police"), Text("公安", "Police"), DepartmentKind.Branch, Dongcheng),
            new(Weather, BureauCode.Parse("weather"), Text("市气象局", "Weather Service"), Text("气象", "Weather"), DepartmentKind.Bureau, null),
            new(FarUrban, BureauCode.Parse("urban"), Text("朝阳区城管委", "Chaoyang Urban Management"), Text("城管", "Urban"), DepartmentKind.Bureau, Chaoyang),
        ];
        Duty[] duties =
        [
            DutyOf(BurstMain, "weather", DutyRole.Notified, "气象法第二十七条"),
            DutyOf(BurstMain, "urban", DutyRole.Cooperating, "城市管理条例第九条") with { Substitute = BureauCode.Parse("weather") },
            DutyOf(BurstMain, "water", DutyRole.Lead, "供水条例第十二条") with { Substitute = BureauCode.Parse("police") },
            DutyOf(BurstMain, "police", DutyRole.Cooperating, "道路交通安全法第五条"),
            DutyOf(Stalls, "urban", DutyRole.Lead, "市容条例第三十条", to: new DateOnly(2026, 6, 30)),
            DutyOf(Stalls, "police", DutyRole.Lead, "市容条例（新）第三十条", from: new DateOnly(2026, 7, 1)),
            DutyOf(Stalls, "urban", DutyRole.Cooperating, "市容条例（新）第三十一条", from: new DateOnly(2026, 7, 1)),
            DutyOf(Orphan, "urban", DutyRole.Lead, "旧规定", to: new DateOnly(2019, 12, 31)),
            DutyOf(Orphan, "police", DutyRole.Cooperating, "旧规定"),
        ];
        return new CityPack(
            "test-city",
            version,
            Text("测试城", "Test City"),
            Text("虚构", "Invented"),
            new CityTerritory(
                districts.ToFrozenDictionary(d => d.Code),
                subdistricts.ToFrozenDictionary(s => s.Code),
                FrozenDictionary<CommunityCode, Community>.Empty,
                grids.Where(g => g.Code != withoutGrid).ToFrozenDictionary(g => g.Code)),
            departments.ToFrozenDictionary(d => d.Code),
            new[] { BurstMain, Stalls, Orphan }.ToFrozenDictionary(m => m, m => new Matter(m, Text("事项", m.Text), Text("类", "Class"))),
            duties.GroupBy(d => d.Matter).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray()),
            new[]
            {
                new Crew(WaterCrew, Water, Text("抢修一队", "Repair 1"), 4),
                new Crew(PostedCrew, Water, Text("抢修二队", "Repair 2"), 2, Jingshan),
                new Crew(UrbanCrew, Urban, Text("执法一队", "Enforcement 1"), 3),
            }.ToFrozenDictionary(c => c.Code),
            new DeadlineTable(
            [
                new(Clock.Sign, null, null, null, new TimeLimit(30, TimeUnit.Minutes)),
                new(Clock.CheckIn, null, null, null, new TimeLimit(120, TimeUnit.Minutes)),
                new(Clock.Sign, WhistleLevel.Emergency, null, null, new TimeLimit(5, TimeUnit.Minutes)),
                new(Clock.CheckIn, WhistleLevel.Emergency, null, null, new TimeLimit(30, TimeUnit.Minutes)),
            ]),
            new WorkingCalendar(
                TimeZoneInfo.CreateCustomTimeZone("Beijing", TimeSpan.FromHours(8), "Beijing", "Beijing"),
                [(new TimeOnly(9, 0), new TimeOnly(12, 0)), (new TimeOnly(13, 0), new TimeOnly(18, 0))],
                new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }.ToFrozenSet(),
                FrozenDictionary<DateOnly, bool>.Empty),
            new CheckInLimits(MaxAccuracyMetres: 100, MaxAge: TimeSpan.FromMinutes(5)),
            FrozenDictionary<WhistleOccasion, LocalizedText>.Empty,
            FrozenDictionary<WhistleLevel, LocalizedText>.Empty,
            FrozenDictionary<WhistleChain, LocalizedText>.Empty,
            [])
        {
            Rounds = new RoundLimits(Most: 3, ReopenWithinDays: 2),
        };
    }

    private static Duty DutyOf(MatterCode matter, string bureau, DutyRole role, string basis, DateOnly? from = null, DateOnly? to = null) =>
        new(matter, BureauCode.Parse(bureau), role, basis, from ?? new DateOnly(2010, 1, 1), to);

    private static Grid SquareGrid(GridCode code, SubdistrictCode subdistrict, DistrictCode district, double west, double south) =>
        new(code, Text("网格", "Grid"), CommunityCode.Parse(code.Text[..12]), subdistrict, district, Square(west, south, 0.01));

    private static GeoArea Square(double west, double south, double side) => new(
    [
        new GeoPolygon(
            [new(west, south), new(west + side, south), new(west + side, south + side), new(west, south + side), new(west, south)],
            []),
    ]);
}
