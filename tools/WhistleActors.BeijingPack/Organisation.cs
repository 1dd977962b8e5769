using System.Globalization;

namespace WhistleActors.BeijingPack;

/// <summary>Writes departments, crews, matters and duties of the pack from the tables of bureaus and matters.</summary>
internal sealed class Organisation(
    string source, string pack, IReadOnlyList<DistrictPlan> districts, IReadOnlyDictionary<string, List<string>> subdistricts)
{
    // Since 2020 the enforcement teams of Beijing work under the subdistricts (力量下沉); which team where is illustrative.
    private const string Posted = "urban-enforcement";

    private const string ValidFrom = "2025-01-01";

    private readonly List<Dictionary<string, string>> bureaus = Csv.Read(Path.Combine(source, "bureaus.csv"));

    internal void Write()
    {
        WriteDepartments();
        WriteCrews();
        var matters = Csv.Read(Path.Combine(source, "matters.csv")).OrderBy(matter => matter["code"], StringComparer.Ordinal).ToList();
        var categories = Csv.Read(Path.Combine(source, "categories.csv")).ToDictionary(category => category["prefix"]);
        Csv.Write(Path.Combine(pack, "matters.csv"), ["code", "name_zh", "name_en", "category_zh", "category_en"], matters.Select(matter =>
            new[] { matter["code"], matter["name_zh"], matter["name_en"], categories[matter["code"][..3]]["name_zh"], categories[matter["code"][..3]]["name_en"] }));
        Csv.Write(Path.Combine(pack, "duties.csv"), ["matter", "bureau", "role", "basis", "valid_from", "valid_to", "substitute"], matters.SelectMany(Duties));
    }

    private void WriteDepartments() =>
        Csv.Write(Path.Combine(pack, "departments.csv"), ["code", "bureau", "district", "name_zh", "name_en", "short_zh", "short_en", "kind"],
            from district in districts
            from bureau in bureaus
            select new[]
            {
                $"{district.Code}-{bureau["code"]}", bureau["code"], district.Code, Filled(bureau["name_zh"], district), Filled(bureau["name_en"], district),
                bureau["short_zh"], bureau["short_en"], bureau["kind"],
            });

    private void WriteCrews() =>
        Csv.Write(Path.Combine(pack, "crews.csv"), ["code", "department", "name_zh", "name_en", "size", "posted_to"],
            from district in districts
            from bureau in bureaus
            from number in Enumerable.Range(1, CrewsOf(bureau, district))
            select new[]
            {
                $"{district.Code}-{bureau["code"]}-{number:00}", $"{district.Code}-{bureau["code"]}",
                $"{district.ShortZh}{bureau["short_zh"]}第{number}组", $"{district.ShortEn} {bureau["short_en"]} Crew {number}", bureau["crew_size"],
                bureau["code"] == Posted && number <= subdistricts[district.Code].Count ? subdistricts[district.Code][number - 1] : "",
            });

    // A large population needs more crews; the three classes follow the census order of the districts.
    private static int CrewsOf(Dictionary<string, string> bureau, DistrictPlan district)
    {
        var usual = int.Parse(bureau["crews"], CultureInfo.InvariantCulture);
        return usual == 1 ? 1 : district.Code switch
        {
            "110105" or "110108" => usual * 2,
            "110106" or "110112" or "110114" or "110115" => (usual * 3 + 1) / 2,
            _ => usual,
        };
    }

    private IEnumerable<string[]> Duties(Dictionary<string, string> matter)
    {
        var basisOf = bureaus.ToDictionary(bureau => bureau["code"], bureau => bureau["basis"]);

        // Whoever is bound to come anyway stands in for nobody.
        var substitute = bureaus.Single(bureau => bureau["code"] == matter["lead"])["substitute"];
        var isBound = matter["cooperating"].Split(' ').Contains(substitute);
        yield return [matter["code"], matter["lead"], "lead", matter["basis"], ValidFrom, "", isBound ? "" : substitute];
        foreach (var role in (string[])["cooperating", "notified"])
        {
            foreach (var bureau in matter[role].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return [matter["code"], bureau, role, basisOf[bureau], ValidFrom, "", ""];
        }
    }

    private static string Filled(string template, DistrictPlan district) => template
        .Replace("{区}", district.NameZh, StringComparison.Ordinal).Replace("{名}", district.ShortZh, StringComparison.Ordinal)
        .Replace("{District}", district.NameEn, StringComparison.Ordinal).Replace("{Name}", district.ShortEn, StringComparison.Ordinal);
}
