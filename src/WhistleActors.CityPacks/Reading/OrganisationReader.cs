using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads departments and their crews.</summary>
internal sealed class OrganisationReader(PackFolder folder, FaultList faults)
{
    private const int MaxCrewSize = 10_000;

    private readonly Registry<DepartmentCode, Department> departments = new();
    private readonly Dictionary<(BureauCode, DistrictCode?), int> served = [];

    internal bool Knows(BureauCode bureau) => !departments.IsReadable || departments.Things.Values.Any(department => department.Bureau == bureau);

    internal bool Serves(BureauCode bureau, DistrictCode district) =>
        !departments.IsReadable || served.ContainsKey((bureau, null)) || served.ContainsKey((bureau, district));

    internal FrozenDictionary<DepartmentCode, Department> ReadDepartments(TerritoryReader territory)
    {
        var table = CsvTable.Read(
            folder.Required("departments.csv"), faults, "code", "bureau", "district", "name_zh", "name_en", "short_zh", "short_en", "kind");
        departments.IsReadable = table.IsReadable;
        foreach (var row in table.Rows)
        {
            var (code, bureau, district) = (row.Code<DepartmentCode>("code"), row.Code<BureauCode>("bureau"), row.OptionalCode<DistrictCode>("district"));
            var (name, shortName, kind) = (row.Names("name"), row.Names("short"), row.Word<DepartmentKind>("kind"));
            if (district is { } known && !territory.Knows(known))
                row.Fault(CityPackFaultCode.UnknownDistrict, $"区 {known} 不存在。", $"The district {known} does not exist.");
            if (code is { } own && SubdistrictCode.TryParse(own.Text, out var subdistrict) && territory.Declares(subdistrict))
                row.Fault(CityPackFaultCode.DepartmentIsSubdistrict,
                    $"代码 {own} 是街乡的代码，不能用于部门。",
                    $"{own} is the code of a subdistrict and cannot be that of a department too.");
            if (kind == DepartmentKind.Subdistrict)
                row.Fault(CityPackFaultCode.UnknownWord,
                    "街乡无需列为部门：每个街乡都可以被部门召集。",
                    "A subdistrict is not listed as a department: departments can call every subdistrict.");
            if (bureau is { } body && !served.TryAdd((body, district), row.Line))
                row.Fault(CityPackFaultCode.DuplicateCode,
                    $"{body} 在该区的部门已在第 {served[(body, district)]} 行。",
                    $"The department of {body} for this district is there already, on line {served[(body, district)]}.");
            if (departments.Declare(code, row.File, row.Line, faults) && bureau is not null)
                departments.Things[code!.Value] = new Department(code.Value, bureau.Value, name, shortName, kind ?? default, district);
        }

        return departments.Things.ToFrozenDictionary();
    }

    /// <summary>What bureau a department is of; null when there is no such department.</summary>
    internal BureauCode? BureauOf(DepartmentCode department) => departments.Things.TryGetValue(department, out var known) ? known.Bureau : null;

    internal FrozenDictionary<CrewCode, Crew> ReadCrews(TerritoryReader territory)
    {
        var crews = new Registry<CrewCode, Crew>();
        foreach (var row in CsvTable.Read(folder.Required("crews.csv"), faults, "code", "department", "name_zh", "name_en", "size", "posted_to?", "vehicle?", "home_lon?", "home_lat?", "skills?", "hours?", "members?").Rows)
        {
            var (code, department) = (row.Code<CrewCode>("code"), row.Code<DepartmentCode>("department"));
            var (name, size) = (row.Names("name"), row.Whole("size", MaxCrewSize));
            var postedTo = row.OptionalCode<SubdistrictCode>("posted_to");
            if (postedTo is { } post && !territory.Knows(post))
                row.Fault(CityPackFaultCode.UnknownSubdistrict, $"街乡 {post} 不存在。", $"The subdistrict {post} does not exist.");
            if (department is { } known && !departments.Knows(known))
                row.Fault(CityPackFaultCode.UnknownDepartment, $"部门 {known} 不存在。", $"The department {known} does not exist.");
            var (vehicle, home) = (row.OptionalWord<Vehicle>("vehicle") ?? Vehicle.Car, HomeOf(row));
            var (skills, hours, members) = (row.Codes<SkillCode>("skills"), HoursOf(row), row.Codes<PersonId>("members"));
            if (crews.Declare(code, row.File, row.Line, faults) && department is not null && size is not null)
                crews.Things[code!.Value] = new Crew(code.Value, department.Value, name, size.Value, postedTo, vehicle, home) { Skills = skills, Hours = hours, Members = members };
        }

        return crews.Things.ToFrozenDictionary();
    }

    private static LonLat? HomeOf(CsvRow row)
    {
        if (row.Optional("home_lon").Length + row.Optional("home_lat").Length == 0)
            return null;
        return row.Degrees("home_lon") is { } lon && row.Degrees("home_lat") is { } lat ? row.OnGlobe(lon, lat, "home") : null;
    }

    private static ImmutableArray<DutyHours> HoursOf(CsvRow row)
    {
        var hours = ImmutableArray.CreateBuilder<DutyHours>();
        foreach (var part in row.Parts("hours"))
        {
            if (part.Split('-') is [var from, var to] && Time(from) is { } begins && Time(to) is { } ends)
                hours.Add(new DutyHours(begins, ends));
            else
                row.Fault(CityPackFaultCode.BadDate, $"“hours”不是时段（时:分-时:分）：{part}。", $"'hours' is not a period (hh:mm-hh:mm): {part}.");
        }

        return hours.ToImmutable();

        static TimeOnly? Time(string text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }
}
