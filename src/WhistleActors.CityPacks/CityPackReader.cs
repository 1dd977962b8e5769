using WhistleActors.CityPacks.Reading;
using WhistleActors.Domain.Calendars;
using WhistleActors.Domain.CityPacks;

namespace WhistleActors.CityPacks;

/// <summary>
/// Reads a city pack from a folder; <c>city-packs/README.md</c> documents the files. A pack is either sound as a whole or refused with
/// everything that is wrong with it: nothing is half loaded.
/// </summary>
public static class CityPackReader
{
    /// <summary>The most bytes that one file may have, uncompressed.</summary>
    public const long MaxFileBytes = 128L * 1024 * 1024;

    /// <summary>The most characters that a name or a legal basis may have.</summary>
    public const int MaxTextLength = 500;

    /// <summary>Reads and checks the pack in a folder. Faults are returned, not thrown, whatever the files hold.</summary>
    public static CityPackReading Read(string folder)
    {
        var faults = new FaultList();
        var files = new PackFolder(folder, faults);
        var manifest = Manifest.Read(files, faults);
        var territory = new TerritoryReader(files, faults, manifest?.Scheme ?? GridCodeScheme.Free);
        var tree = territory.Read();
        var organisations = new OrganisationReader(files, faults);
        var departments = organisations.ReadDepartments(territory);
        var crews = organisations.ReadCrews(territory);
        var duties = new DutyReader(files, faults, manifest?.ValidFrom);
        var matters = duties.ReadMatters(out var matterFile);
        var dutiesByMatter = duties.ReadDuties(matterFile, organisations, territory, crews.Values);
        foreach (var (district, line) in manifest?.RoadLines.Where(road => !territory.Knows(road.Key)) ?? [])
            faults.Add(Manifest.File, line, CityPackFaultCode.UnknownDistrict, $"区 {district} 不存在。", $"The district {district} does not exist.");
        var rules = new RuleReader(files, faults);
        var deadlines = rules.ReadDeadlines(duties);
        var days = rules.ReadCalendar();
        var schemes = rules.ReadScoreSchemes();
        if (faults.Any || manifest is null)
            return new CityPackReading.Refused(faults.InOrder());
        return new CityPackReading.Loaded(new CityPack(
            manifest.Id,
            manifest.Version,
            manifest.Name,
            manifest.Provenance,
            tree,
            departments,
            matters,
            dutiesByMatter,
            crews,
            deadlines,
            new WorkingCalendar(manifest.Zone, manifest.WorkingHours, manifest.WorkingWeekdays, days),
            manifest.CheckIn,
            manifest.OccasionNames,
            manifest.LevelNames,
            manifest.ChainNames,
            schemes,
            manifest.Blowing)
        {
            Rounds = manifest.Rounds,
            WhistleRate = manifest.WhistleRate,
            Alerts = manifest.Alerts,
            Disputes = manifest.Disputes,
            Notices = manifest.Notices,
            LedgerReminders = manifest.LedgerReminders,
            Travel = manifest.Travel,
            Allocation = manifest.Allocation,
        });
    }
}
