using System.IO.Compression;
using CsCheck;
using WhistleActors.Domain.CityPacks;

namespace WhistleActors.CityPacks.Tests;

public sealed class BadPackTests
{
    // The line on which the spoiled text stands.
    private const int Where = -1;

    // Each is the example with one thing spoiled; what follows from it elsewhere may be reported too.
    [Theory]
    [InlineData("pack.json", "\"format\": 1", "\"format\": 2", Where, CityPackFaultCode.UnknownFormat)]
    [InlineData("pack.json", "\"example\"", "\"no such id\"", Where, CityPackFaultCode.BadCode)]
    [InlineData("pack.json", "\"version\": \"1\",", "", 1, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "2026-01-01", "2026-02-30", Where, CityPackFaultCode.BadDate)]
    [InlineData("pack.json", ", \"en\": \"Exampleton\"", "", Where, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "Asia/Shanghai", "Asia/Nowhere", Where, CityPackFaultCode.UnknownTimeZone)]
    [InlineData("pack.json", "wgs84", "gcj02", Where, CityPackFaultCode.WrongDatum)]
    [InlineData("pack.json", "cn14", "CN-14", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"maxAccuracyMetres\": 100", "\"maxAccuracyMetres\": -1", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"low\": 1,", "\"low\": 41,", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"weeks\": 4,", "\"weeks\": 0,", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"friday\"", "\"someday\"", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"from\": \"13:00\"", "\"from\": \"11:00\"", Where, CityPackFaultCode.BadDate)]
    [InlineData("pack.json", "\"key-work\"", "\"keywork\"", 22, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "\"id\": \"example\",", "\"id\": \"example\", \"id\": \"example\",", Where, CityPackFaultCode.MalformedJson)]
    [InlineData("pack.json", "\"most\": 5", "\"most\": 0", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"most\": 5", "\"most\": 2.5", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"most\": 5, ", "", Where, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "\"reopenWithinDays\": 30", "\"reopenWithinDays\": 400", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"rounds\": {", "\"rounds\": 5, \"spare\": {", Where, CityPackFaultCode.MalformedJson)]
    [InlineData("pack.json", "\"deputy\", \"afterMinutes\": 3", "\"vice\", \"afterMinutes\": 3", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"afterMinutes\": 6", "\"afterMinutes\": 2", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"chaseAfterMinutes\": 30,", "\"chaseAfterMinutes\": 0,", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"calmSeconds\": 60", "\"calm\": 60", 64, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "\"directions\": [", "\"directions\": [\"street-to-street\", ", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"department-to-departments\", \"department-to-subdistricts\"", "\"subdistrict-to-departments\"", Where, CityPackFaultCode.DuplicateCode)]
    [InlineData("pack.json", "\"directions\": [\"subdistrict-to-departments\", \"department-to-departments\", \"department-to-subdistricts\"]", "\"directions\": []", Where, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "\"repeat\": {", "\"starters\": { \"weekly\": [\"dispatcher\"] }, \"repeat\": {", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"repeat\": {", "\"starters\": { \"daily\": [\"observer\"] }, \"repeat\": {", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"repeat\": {", "\"approvals\": { \"daily\": { \"by\": \"dispatcher\" } }, \"repeat\": {", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"repeat\": {", "\"approvals\": { \"daily\": { } }, \"repeat\": {", Where, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "\"repeat\": {", "\"approvals\": { \"daily\": { \"by\": \"commander\", \"withinMinutes\": 0 } }, \"repeat\": {", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"repeat\": { \"days\": 30", "\"repeat\": { \"days\": 400", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"blowing\": {", "\"blowing\": 1, \"was\": {", Where, CityPackFaultCode.MalformedJson)]
    [InlineData("pack.json", "\"detour\": 1.4", "\"detour\": 0.9", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"990102\": {", "\"990199\": {", Where, CityPackFaultCode.UnknownDistrict)]
    [InlineData("pack.json", "\"990102\": {", "\"99 0102\": {", Where, CityPackFaultCode.BadCode)]
    [InlineData("pack.json", "\"bicycle\": 12", "\"camel\": 12", Where, CityPackFaultCode.UnknownWord)]
    [InlineData("pack.json", "\"bicycle\": 12", "\"bicycle\": 0", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"ageing\": 0.5", "\"ageing\": 0", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"campaign\": 30,", "\"campaign\": -30,", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"daily\": 45, ", "", Where, CityPackFaultCode.MissingValue)]
    [InlineData("crews.csv", ",truck,", ",lorry,", 6, CityPackFaultCode.UnknownWord)]
    [InlineData("crews.csv", "120.012,30.004", "120.012,", 6, CityPackFaultCode.MissingValue)]
    [InlineData("crews.csv", "120.012,30.004", "120.012,300", 6, CityPackFaultCode.OffGlobe)]
    [InlineData("crews.csv", "pumps;mains", "pumps;pumps", 6, CityPackFaultCode.DuplicateCode)]
    [InlineData("crews.csv", "pumps;mains", "pumps;no code", 6, CityPackFaultCode.BadCode)]
    [InlineData("crews.csv", "08:00-20:00", "8-20", 6, CityPackFaultCode.BadDate)]
    [InlineData("departments.csv", "waterworks,water-supply", "990101001,water-supply", 4, CityPackFaultCode.DepartmentIsSubdistrict)]
    [InlineData("departments.csv", ",enterprise", ",subdistrict", 4, CityPackFaultCode.UnknownWord)]
    [InlineData("districts.csv", "120.025", "east", 3, CityPackFaultCode.BadNumber)]
    [InlineData("districts.csv", "120.025,30.005", "30.005,120.025", 3, CityPackFaultCode.OffGlobe)]
    [InlineData("subdistricts.csv", "name_zh,", "", 1, CityPackFaultCode.MissingColumn)]
    [InlineData("subdistricts.csv", ",kind", ",sort", 1, CityPackFaultCode.MissingColumn)]
    [InlineData("subdistricts.csv", "河湾镇", "", 3, CityPackFaultCode.MissingValue)]
    [InlineData("subdistricts.csv", "990101002,990101,", "990101002,990103,", 3, CityPackFaultCode.UnknownParent)]
    [InlineData("communities.csv", "990101001002,990101001", "990101001002,990101009", 3, CityPackFaultCode.UnknownParent)]
    [InlineData("communities.csv", "990101001002,990101001", "990101001002,990101002", 3, CityPackFaultCode.CodeAgainstScheme)]
    [InlineData("communities.csv", "钟楼社区", "钟楼\u0007社区", 2, CityPackFaultCode.BadText)]
    [InlineData("communities.csv", "Belfry Community", "Belfry, Community", 2, CityPackFaultCode.MalformedCsv)]
    [InlineData("communities.csv", "990102001002,", "990102001002,990102001,多余,Extra\n990102001003,", 7, CityPackFaultCode.NothingBelow)]
    [InlineData("grids.geojson", "\"99010100100101\"", "\"9901 0100100101\"", 2, CityPackFaultCode.BadCode)]
    [InlineData("grids.geojson", "\"990101001002\"", "\"990101001009\"", 3, CityPackFaultCode.UnknownParent)]
    [InlineData("grids.geojson", "\"99010100100201\"", "\"9901010010020\"", 3, CityPackFaultCode.CodeAgainstScheme)]
    [InlineData("grids.geojson", "[120.02,30.01],[120.01,30.01],[120.01,30]]", "[120.02,30.01],[120.01,30.01]]", 3, CityPackFaultCode.UnclosedRing)]
    [InlineData("grids.geojson", "[[[120.01,30],[120.02,30],[120.02,30.01],[120.01,30.01],[120.01,30]]]", "[[[120.01,30],[120.02,30.01],[120.02,30],[120.01,30.01],[120.01,30]]]", 3, CityPackFaultCode.InvalidPolygon)]
    [InlineData("grids.geojson", "[120.01,30],[120.02,30],[120.02,30.01]", "[120.01,30],[120.02,30],[120.02,300.1]", 3, CityPackFaultCode.OffGlobe)]
    [InlineData("grids.geojson", "[[[120.01,30],[120.02,30],[120.02,30.01],[120.01,30.01],[120.01,30]]]", "[[[20.01,30],[20.02,30],[20.02,30.01],[20.01,30.01],[20.01,30]]]", 3, CityPackFaultCode.FarFromSeat)]
    [InlineData("grids.geojson", "[120.02,30.01],[120.01,30.01],[120.01,30]]", "[120.02,30.01],[120.005,30.01],[120.01,30]]", 3, CityPackFaultCode.OverlappingPolygon)]
    [InlineData("grids.geojson", "[120.04,30],[120.04,30.02]", "[120.041,30],[120.04,30.02]", 7, CityPackFaultCode.OutsideDistrict)]
    [InlineData("grids.geojson", "\"Polygon\"", "\"Point\"", 2, CityPackFaultCode.InvalidPolygon)]
    [InlineData("grids.geojson", "\"FeatureCollection\",", "\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4490\"}},", 1, CityPackFaultCode.WrongDatum)]
    [InlineData("grids.geojson", "\"features\":[", "\"features\":[,", 1, CityPackFaultCode.MalformedJson)]
    [InlineData("districts.geojson", "[120.02,30],[120.03,30]", "[120.015,30],[120.03,30]", 3, CityPackFaultCode.UnclosedRing)]
    [InlineData("districts.geojson", "\"990102\"", "\"990109\"", 3, CityPackFaultCode.UnknownDistrict)]
    [InlineData("departments.csv", "roads,990102,", "roads,990105,", 3, CityPackFaultCode.UnknownDistrict)]
    [InlineData("departments.csv", "roads,990102,", "roads,990101,", 3, CityPackFaultCode.DuplicateCode)]
    [InlineData("departments.csv", ",enterprise", ",company", 4, CityPackFaultCode.UnknownWord)]
    [InlineData("matters.csv", "pothole,", "burst-main,", 3, CityPackFaultCode.DuplicateCode)]
    [InlineData("matters.csv", "other,其他,", "extra,另外,Extra,其他,Other\nother,其他,", 4, CityPackFaultCode.NoLead)]
    [InlineData("duties.csv", "pothole,roads,lead", "pothole,roads,leader", 5, CityPackFaultCode.UnknownWord)]
    [InlineData("duties.csv", "other,command-centre,lead,《样例市街道条例》", "other,command-centre,lead,", 8, CityPackFaultCode.MissingValue)]
    [InlineData("duties.csv", "burst-main,roads,", "flood,roads,", 3, CityPackFaultCode.UnknownMatter)]
    [InlineData("duties.csv", "burst-main,roads,", "burst-main,navy,", 3, CityPackFaultCode.UnknownBureau)]
    [InlineData("duties.csv", ",2026-01-01,,command-centre", ",2026-01-01,,navy", 3, CityPackFaultCode.UnknownBureau)]
    [InlineData("duties.csv", ",2026-01-01,,command-centre", ",2026-01-01,,roads", 3, CityPackFaultCode.SubstituteForItself)]
    [InlineData("duties.csv", ",2026-01-01,,command-centre,", ",2026-01-01,,command-centre,mains", 3, CityPackFaultCode.UnknownSkill)]
    [InlineData("duties.csv", ",2026-01-01,,command-centre,", ",2026-01-01,,command-centre,no skill", 3, CityPackFaultCode.BadCode)]
    [InlineData("duties.csv", "2026-06-30", "2026-07-31", 6, CityPackFaultCode.TwoLeads)]
    [InlineData("duties.csv", "burst-main,roads,cooperating", "burst-main,roads,lead", 3, CityPackFaultCode.TwoLeads)]
    [InlineData("duties.csv", "burst-main,command-centre,notified", "burst-main,roads,notified", 4, CityPackFaultCode.TwoDuties)]
    [InlineData("duties.csv", "notified,《样例市街道条例》,2026-01-01,", "notified,《样例市街道条例》,2026-01-01,2025-01-01", 4, CityPackFaultCode.BadDate)]
    [InlineData("pack.json", "[50, 80]", "[50, 100]", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "[50, 80]", "[50, 50]", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "[50, 80]", "80", Where, CityPackFaultCode.MalformedJson)]
    [InlineData("pack.json", ", \"longerThanMinutes\": 120", "", Where, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "[3, 0]", "[3, -1]", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "[3, 0]", "[3.5]", Where, CityPackFaultCode.BadNumber)]
    [InlineData("deadlines.csv", "contact,,,,", "contract,,,,", 7, CityPackFaultCode.UnknownWord)]
    [InlineData("deadlines.csv", "sign,,,,60,minutes", "sign,daily,,,60,minutes", 0, CityPackFaultCode.MissingCatchAll)]
    [InlineData("deadlines.csv", "sign,,,,60,minutes", "sign,,,,60,minutes\nsign,,,,30,minutes", 3, CityPackFaultCode.DuplicateCode)]
    [InlineData("deadlines.csv", "sign,emergency,,,5,", "sign,emergency,,,0,", 3, CityPackFaultCode.BadNumber)]
    [InlineData("deadlines.csv", "daily,pothole,", "daily,puddle,", 6, CityPackFaultCode.UnknownMatter)]
    [InlineData("calendar.csv", "2026-01-04", "2026-01-01", 4, CityPackFaultCode.DuplicateCode)]
    [InlineData("calendar.csv", "2026-01-04", "04.01.2026", 4, CityPackFaultCode.BadDate)]
    [InlineData("calendar.csv", "worked", "workday", 4, CityPackFaultCode.UnknownWord)]
    [InlineData("calendar.csv", "2026-01-04,worked", "# a remark\n\n2026-01-04,work", 6, CityPackFaultCode.UnknownWord)]
    [InlineData("crews.csv", "抢修一组", "\"抢修\n一组\"", 4, CityPackFaultCode.BadText)]
    [InlineData("crews.csv", "抢修一组", "\"抢修一组", 4, CityPackFaultCode.MalformedCsv)]
    [InlineData("crews.csv", "抢修一组", "抢\"修一组", 4, CityPackFaultCode.MalformedCsv)]
    [InlineData("crews.csv", "waterworks-1,waterworks,", "waterworks-1,waterwork,", 4, CityPackFaultCode.UnknownDepartment)]
    [InlineData("crews.csv", "waterworks-1,", "command-1,", 5, CityPackFaultCode.DuplicateCode)]
    [InlineData("crews.csv", "Crew 1,5", "Crew 1,five", 4, CityPackFaultCode.BadNumber)]
    [InlineData("crews.csv", "posted_to", "posted", 1, CityPackFaultCode.UnknownColumn)]
    [InlineData("crews.csv", "3,990101002", "3,990101009", 6, CityPackFaultCode.UnknownSubdistrict)]
    [InlineData("crews.csv", "3,990101002", "3,古城", 6, CityPackFaultCode.BadCode)]
    [InlineData("pack.json", "\"windowMinutes\": 90", "\"windowMinutes\": 0", Where, CityPackFaultCode.BadNumber)]
    [InlineData("pack.json", "\"windowMinutes\": 90", "\"minutes\": 90", Where, CityPackFaultCode.MissingValue)]
    [InlineData("pack.json", "{ \"windowMinutes\": 90 }", "90", Where, CityPackFaultCode.MalformedJson)]
    [InlineData("score-schemes.json", "\"weight\": 40", "\"weight\": 30", 3, CityPackFaultCode.WeightsNotHundred)]
    [InlineData("score-schemes.json", "subdistrict-rating", "check-in-on-time", 3, CityPackFaultCode.DuplicateCode)]
    [InlineData("score-schemes.json", "\"weight\": 40", "\"weight\": \"40\"", 9, CityPackFaultCode.MalformedJson)]
    public void A_fault_is_reported_with_its_file_line_and_code(string file, string text, string by, int line, string code)
    {
        using var copy = new ExampleCopy();
        if (line == Where)
            line = copy.LineOf(file, text);
        copy.Replace(file, text, by).Faults().Select(fault => (fault.File, fault.Line, fault.Code)).ShouldContain((file, line, code));
    }

    [Fact]
    public void A_pack_that_says_nothing_of_rounds_loads_with_what_counts_everywhere()
    {
        using var copy = new ExampleCopy();
        copy.Replace("pack.json", "\n  \"rounds\": { \"most\": 5, \"reopenWithinDays\": 30 },", "");

        CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>().Pack.Rounds.ShouldBe(new RoundLimits(3, 30));
    }

    [Theory]
    [InlineData("pack.json")]
    [InlineData("districts.csv")]
    [InlineData("subdistricts.csv")]
    [InlineData("communities.csv")]
    [InlineData("grids.geojson")]
    [InlineData("departments.csv")]
    [InlineData("matters.csv")]
    [InlineData("duties.csv")]
    [InlineData("deadlines.csv")]
    [InlineData("calendar.csv")]
    [InlineData("crews.csv")]
    [InlineData("score-schemes.json")]
    public void A_missing_file_is_named_and_no_other_file_is_accused(string file)
    {
        using var copy = new ExampleCopy();
        File.Delete(copy.PathOf(file));
        copy.Faults().Select(fault => (fault.File, fault.Line, fault.Code)).ShouldBe([(file, 0, CityPackFaultCode.MissingFile)]);
    }

    [Theory]
    [InlineData("pack.json")]
    [InlineData("communities.csv")]
    [InlineData("grids.geojson")]
    public void A_file_that_is_not_UTF8_is_refused_with_the_line_of_the_first_bad_byte(string file)
    {
        using var copy = new ExampleCopy();
        var bytes = File.ReadAllBytes(copy.PathOf(file));
        var second = Array.IndexOf(bytes, (byte)'\n') + 1;
        File.WriteAllBytes(copy.PathOf(file), [.. bytes[..second], 0xD6, 0xD3, .. bytes[second..]]);
        copy.Faults().ShouldContain(fault => fault.File == file && fault.Line == 2 && fault.Code == CityPackFaultCode.NotUtf8);
    }

    [Fact]
    public void A_bureau_with_duties_needs_a_department_in_every_district()
    {
        using var copy = new ExampleCopy();
        copy.Replace("departments.csv", "990102-roads,roads,990102,东区道路局,East District Roads Bureau,道路局,Roads,bureau\n", "").Replace("crews.csv", "990102-roads-1,990102-roads,东区道路一组,East Roads Crew 1,4,,,,,,,\n", "");
        copy.Faults().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe(CityPackFaultCode.MissingDepartment),
            fault => fault.File.ShouldBe("duties.csv"),
            fault => fault.Line.ShouldBe(3));
    }

    [Fact]
    public void A_lead_that_ends_leaves_its_matter_without_one()
    {
        using var copy = new ExampleCopy();
        copy.Replace("duties.csv", "other,command-centre,lead,《样例市街道条例》,2026-01-01,", "other,command-centre,lead,《样例市街道条例》,2026-01-01,2027-12-31");
        copy.Faults().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe(CityPackFaultCode.NoLead),
            fault => fault.File.ShouldBe("matters.csv"),
            fault => fault.Line.ShouldBe(4),
            fault => fault.Text.En.ShouldContain("2028-01-01"));
    }

    [Fact]
    public void A_file_may_not_stand_there_both_plain_and_compressed()
    {
        using var copy = new ExampleCopy();
        File.WriteAllBytes(copy.PathOf("grids.geojson.gz"), []);
        copy.Faults().ShouldContain(fault => fault.File == "grids.geojson" && fault.Code == CityPackFaultCode.AmbiguousFile);
    }

    [Fact]
    public void Damaged_compression_is_a_fault_and_no_exception()
    {
        using var copy = new ExampleCopy();
        File.Move(copy.PathOf("crews.csv"), copy.PathOf("crews.csv.gz"));
        copy.Faults().ShouldContain(fault => fault.File == "crews.csv.gz" && fault.Code == CityPackFaultCode.UnreadableFile);
    }

    [Fact]
    public void A_file_that_unfolds_beyond_the_limit_is_not_read_to_its_end()
    {
        using var copy = new ExampleCopy();
        File.Delete(copy.PathOf("crews.csv"));
        using (var zip = new GZipStream(File.Create(copy.PathOf("crews.csv.gz")), CompressionLevel.Fastest))
        {
            var block = new byte[1 << 20];
            for (long written = 0; written <= CityPackReader.MaxFileBytes; written += block.Length)
                zip.Write(block);
        }

        copy.Faults().ShouldContain(fault => fault.File == "crews.csv.gz" && fault.Code == CityPackFaultCode.UnreadableFile);
    }

    [Fact]
    public void Deeply_nested_JSON_is_refused()
    {
        using var copy = new ExampleCopy();
        File.WriteAllText(copy.PathOf("pack.json"), new string('[', 100_000));
        copy.Faults().ShouldContain(fault => fault.File == "pack.json" && fault.Code == CityPackFaultCode.MalformedJson);
    }

    [Fact]
    public void A_folder_that_is_not_there_lacks_every_file() =>
        CityPackReader.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()))
            .ShouldBeOfType<CityPackReading.Refused>().Faults.Count(fault => fault.Code == CityPackFaultCode.MissingFile).ShouldBe(12);

    [Fact]
    public void A_gap_between_grids_is_found_by_the_outline_of_their_district()
    {
        using var copy = new ExampleCopy();
        copy.Replace("grids.geojson", "[120.02,30.01],[120.01,30.01],[120.01,30]]", "[120.02,30.01],[120.015,30.01],[120.01,30]]");
        copy.Faults().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            fault => fault.Code.ShouldBe(CityPackFaultCode.GapInDistrict),
            fault => fault.File.ShouldBe("districts.geojson"),
            fault => fault.Line.ShouldBe(2));
    }

    [Fact]
    public void Overlapping_districts_are_refused()
    {
        using var copy = new ExampleCopy();
        copy.Replace("districts.geojson", "[[[120.02,30],[120.03,30]", "[[[120.015,30],[120.03,30]").Replace("districts.geojson", "[120.02,30.01],[120.02,30]]]}}\n]}", "[120.02,30.01],[120.015,30]]]}}\n]}");
        copy.Faults().ShouldContain(fault => fault.File == "districts.geojson" && fault.Line == 3 && fault.Code == CityPackFaultCode.OverlappingPolygon);
    }

    [Fact]
    public void A_sliver_of_centimetres_is_neither_overlap_nor_gap()
    {
        using var copy = new ExampleCopy();
        copy.Replace("grids.geojson", "[[[120.01,30],[120.02,30],[120.02,30.01]", "[[[120.010001,30],[120.02,30],[120.02,30.01]")
            .Replace("grids.geojson", "[120.01,30.01],[120.01,30]]]", "[120.01,30.01],[120.010001,30]]]");
        CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>();
    }

    [Fact]
    public void All_faults_are_listed_at_once_in_order_of_file_and_line()
    {
        using var copy = new ExampleCopy();
        copy.Replace("pack.json", "wgs84", "bd09")
            .Replace("communities.csv", "990101001002,990101001", "990101001002,990101009")
            .Replace("communities.csv", "公园社区", "")
            .Replace("grids.geojson", "[120.02,30.01],[120.01,30.01],[120.01,30]]", "[120.02,30.01],[120.01,30.01]]")
            .Replace("departments.csv", ",enterprise", ",company")
            .Replace("duties.csv", "2026-06-30", "2026-07-31")
            .Replace("duties.csv", "burst-main,command-centre", "burst-main,navy")
            .Replace("deadlines.csv", "sign,,,,60", "sign,,,,-60")
            .Replace("score-schemes.json", "60", "61");
        copy.Faults().Select(fault => (fault.File, fault.Line, fault.Code)).ShouldBe(
        [
            ("communities.csv", 3, CityPackFaultCode.UnknownParent),
            ("communities.csv", 6, CityPackFaultCode.MissingValue),
            ("deadlines.csv", 2, CityPackFaultCode.BadNumber),
            ("departments.csv", 4, CityPackFaultCode.UnknownWord),
            ("duties.csv", 4, CityPackFaultCode.UnknownBureau),
            ("duties.csv", 6, CityPackFaultCode.TwoLeads),
            ("duties.csv", 7, CityPackFaultCode.TwoDuties),
            ("grids.geojson", 3, CityPackFaultCode.UnclosedRing),
            ("pack.json", 9, CityPackFaultCode.WrongDatum),
            ("score-schemes.json", 3, CityPackFaultCode.WeightsNotHundred),
        ]);
    }

    [Fact]
    public void Whatever_the_bytes_reading_returns()
    {
        string[] files = [.. Directory.GetFiles(Repository.Pack("example")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Double.Unit, Gen.Byte).Array[1, 6], Gen.Double.Unit).Sample(
            (file, edits, cut) =>
            {
                using var copy = new ExampleCopy();
                var bytes = File.ReadAllBytes(copy.PathOf(files[file]));
                foreach (var (place, value) in edits)
                    bytes[(int)(place * bytes.Length)] = value;
                File.WriteAllBytes(copy.PathOf(files[file]), cut < 0.2 ? bytes[..(int)(cut * 5 * bytes.Length)] : bytes);
                CityPackReader.Read(copy.Folder).ShouldNotBeNull();
            },
            iter: 200);
    }

    [Fact]
    public void Every_fault_has_a_text_in_both_languages()
    {
        using var copy = new ExampleCopy();
        copy.Replace("pack.json", "wgs84", "bd09").Replace("duties.csv", "2026-06-30", "2026-07-31").Replace("crews.csv", "Crew 1,5", "Crew 1,0");
        foreach (var fault in copy.Faults())
        {
            fault.Text.En.ShouldNotBeNullOrWhiteSpace();
            fault.Text.Zh.ShouldContain(c => c >= 0x4E00);
        }
    }
}
