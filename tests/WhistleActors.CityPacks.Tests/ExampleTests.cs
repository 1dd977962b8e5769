using WhistleActors.Domain;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.CityPacks.Tests;

public sealed class ExampleTests
{
    private static readonly CityPack Pack = CityPackReader.Read(Repository.Pack("example")).ShouldBeOfType<CityPackReading.Loaded>().Pack;

    [Fact]
    public void The_example_loads_with_everything_in_its_place()
    {
        Pack.Id.ShouldBe("example");
        Pack.Version.ShouldBe("1");
        Pack.Name.ShouldBe(new LocalizedText("样例市", "Exampleton"));
        Pack.Territory.Grids.Count.ShouldBe(6);
        Pack.Departments.Count.ShouldBe(4);
        Pack.Matters.Count.ShouldBe(3);
        Pack.Crews[CrewCode.Parse("waterworks-1")].Size.ShouldBe(5);
        Pack.Crews[CrewCode.Parse("waterworks-1")].PostedTo.ShouldBeNull();
        Pack.Crews[CrewCode.Parse("waterworks-2")].PostedTo.ShouldBe(SubdistrictCode.Parse("990101002"));
        Pack.Disputes.Window.ShouldBe(TimeSpan.FromMinutes(90));
        Pack.CheckIn.ShouldBe(new CheckInLimits(100, TimeSpan.FromMinutes(5)));
        Pack.Rounds.ShouldBe(new RoundLimits(Most: 5, ReopenWithinDays: 30));
        Pack.LevelNames[WhistleLevel.Emergency].Zh.ShouldBe("应急哨");
        Pack.ScoreSchemes.ShouldHaveSingleItem().Indicators.Sum(indicator => indicator.Weight).ShouldBe(100);
        Pack.Territory.Districts[DistrictCode.Parse("990102")].Seat.ShouldBe(new LonLat(120.025, 30.005));
    }

    [Fact]
    public void The_example_spells_out_the_alerts_that_a_city_without_any_would_have() =>
        Pack.Alerts.ShouldBeEquivalentTo(AlertPlan.Default);

    [Fact]
    public void A_grid_is_named_after_its_community_unless_it_has_a_name_of_its_own()
    {
        Pack.Territory.Grids[GridCode.Parse("99010100100101")].Name.En.ShouldBe("Belfry Community");
        Pack.Territory.Grids[GridCode.Parse("99010100200102")].Name.En.ShouldBe("River Bend Village East");
    }

    [Fact]
    public void A_grid_knows_the_units_above_it()
    {
        var grid = Pack.Territory.Grids[GridCode.Parse("99010200100201")];
        grid.Community.Text.ShouldBe("990102001002");
        grid.Subdistrict.Text.ShouldBe("990102001");
        grid.District.Text.ShouldBe("990102");
    }

    [Fact]
    public void A_bureau_is_found_in_the_district_first_and_in_the_city_else()
    {
        Pack.DepartmentFor(BureauCode.Parse("roads"), DistrictCode.Parse("990102"))?.Code.Text.ShouldBe("990102-roads");
        Pack.DepartmentFor(BureauCode.Parse("water-supply"), DistrictCode.Parse("990102"))?.Code.Text.ShouldBe("waterworks");
        Pack.DepartmentFor(BureauCode.Parse("police"), DistrictCode.Parse("990102")).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-06-30", "roads")]
    [InlineData("2026-07-01", "command-centre")]
    public void The_lead_of_a_matter_changes_on_the_day_that_the_pack_says(string day, string lead) =>
        Pack.Duties[MatterCode.Parse("pothole")].Single(duty => duty.Role == DutyRole.Lead && duty.HoldsOn(DateOnly.Parse(day, null))).Bureau.Text.ShouldBe(lead);

    [Fact]
    public void The_calendar_is_the_weekly_pattern_with_the_exceptions()
    {
        WorkingCalendar calendar = Pack.Calendar;
        calendar.IsWorkingDay(new DateOnly(2026, 1, 1)).ShouldBeFalse();
        calendar.IsWorkingDay(new DateOnly(2026, 1, 4)).ShouldBeTrue();
        calendar.IsWorkingDay(new DateOnly(2026, 1, 10)).ShouldBeFalse();
        calendar.Hours.ShouldBe([(new TimeOnly(9, 0), new TimeOnly(12, 0)), (new TimeOnly(13, 0), new TimeOnly(17, 0))]);
    }

    [Fact]
    public void Limits_are_read_with_their_conditions() =>
        Pack.Deadlines.LimitFor(Clock.CheckIn, WhistleLevel.Daily, MatterCode.Parse("pothole"), DepartmentKind.Bureau).ShouldBe(new TimeLimit(2, TimeUnit.WorkingDays));

    [Fact]
    public void A_compressed_pack_loads_like_a_plain_one()
    {
        using var copy = new ExampleCopy();
        foreach (var file in Directory.GetFiles(copy.Folder))
        {
            using (var zip = new System.IO.Compression.GZipStream(File.Create(file + ".gz"), System.IO.Compression.CompressionLevel.Fastest))
                zip.Write(File.ReadAllBytes(file));
            File.Delete(file);
        }

        CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>().Pack.Territory.Grids.Count.ShouldBe(6);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_read_too()
    {
        using var copy = new ExampleCopy();
        foreach (var file in Directory.GetFiles(copy.Folder))
            File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings("\r\n"), new System.Text.UTF8Encoding(true));
        CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>();
    }

    [Fact]
    public void Without_outlines_a_district_is_the_union_of_its_grids()
    {
        using var copy = new ExampleCopy();
        File.Delete(copy.PathOf("districts.geojson"));
        var pack = CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>().Pack;
        var area = pack.Territory.Districts[DistrictCode.Parse("990101")].Area;
        area.Polygons.ShouldHaveSingleItem();
        area.Contains(new LonLat(120.019, 30.019)).ShouldBeTrue();
        area.Contains(new LonLat(120.021, 30.019)).ShouldBeFalse();
    }

    [Fact]
    public void A_pack_of_before_loads_without_postings_and_with_the_usual_time_for_disputes()
    {
        using var copy = new ExampleCopy();
        var crews = File.ReadAllLines(copy.PathOf("crews.csv"));
        File.WriteAllLines(copy.PathOf("crews.csv"), crews.Select(line => string.Join(',', line.Split(',')[..5])));
        copy.Replace("pack.json", ",\n  \"disputes\": { \"windowMinutes\": 90 }", "");

        var pack = CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>().Pack;

        pack.Crews.Values.ShouldAllBe(crew => crew.PostedTo == null);
        pack.Disputes.Window.ShouldBe(TimeSpan.FromMinutes(120));
    }
}
