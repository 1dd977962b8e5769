using System.Collections.Frozen;
using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads matters and duties, and sees to it that every matter has exactly one lead on every day from the pack's first on.</summary>
internal sealed class DutyReader(PackFolder folder, FaultList faults, DateOnly? firstDay)
{
    private readonly Registry<MatterCode, Matter> matters = new();
    private readonly List<(Duty Duty, int Line)> duties = [];

    internal bool Knows(MatterCode matter) => matters.Knows(matter);

    internal FrozenDictionary<MatterCode, Matter> ReadMatters(out string file)
    {
        var text = folder.Required("matters.csv");
        file = text?.File ?? "matters.csv";
        var table = CsvTable.Read(text, faults, "code", "name_zh", "name_en", "category_zh", "category_en");
        matters.IsReadable = table.IsReadable;
        foreach (var row in table.Rows)
        {
            var (code, name, category) = (row.Code<MatterCode>("code"), row.Names("name"), row.Names("category"));
            if (matters.Declare(code, row.File, row.Line, faults))
                matters.Things[code!.Value] = new Matter(code.Value, name, category);
        }

        return matters.Things.ToFrozenDictionary();
    }

    internal FrozenDictionary<MatterCode, ImmutableArray<Duty>> ReadDuties(
        string matterFile, OrganisationReader organisations, TerritoryReader territory, IEnumerable<Crew> crews)
    {
        var text = folder.Required("duties.csv");
        var skills = crews.SelectMany(crew => crew.Skills, (crew, skill) => (organisations.BureauOf(crew.Department), skill)).ToHashSet();
        var checkedBureaus = new HashSet<BureauCode>();
        var table = CsvTable.Read(text, faults, "matter", "bureau", "role", "basis", "valid_from", "valid_to", "substitute?", "skill?");
        foreach (var row in table.Rows)
        {
            var (matter, bureau, role) = (row.Code<MatterCode>("matter"), row.Code<BureauCode>("bureau"), row.Word<DutyRole>("role"));
            var (basis, from, to) = (row.Text("basis"), row.Date("valid_from"), row.OptionalDate("valid_to"));
            var (substitute, skill) = (row.OptionalCode<BureauCode>("substitute"), row.OptionalCode<SkillCode>("skill"));
            if (matter is { } named && !matters.Knows(named))
                row.Fault(CityPackFaultCode.UnknownMatter, $"事项 {named} 不存在。", $"The matter {named} does not exist.");
            if (bureau is { } body && checkedBureaus.Add(body))
                CheckBureau(row, body, organisations, territory);
            if (substitute is { } other && checkedBureaus.Add(other))
                CheckBureau(row, other, organisations, territory);
            if (substitute is not null && substitute == bureau)
                row.Fault(CityPackFaultCode.SubstituteForItself, $"{bureau} 不能是自己的替补。", $"The bureau {bureau} cannot be its own substitute.");
            if (skill is { } asked && bureau is not null && !skills.Contains((bureau, asked)))
                row.Fault(CityPackFaultCode.UnknownSkill, $"{bureau} 没有具备技能 {asked} 的力量。", $"No crew of the bureau {bureau} has the skill {asked}.");
            if (to < from)
                row.Fault(CityPackFaultCode.BadDate, "有效期止早于起。", "The duty ends before it begins.");
            else if (matter is not null && bureau is not null && role is not null && from is not null)
                duties.Add((new Duty(matter.Value, bureau.Value, role.Value, basis, from.Value, to, substitute, skill), row.Line));
        }

        if (table.IsReadable)
            CheckDays(text!.File, matterFile);
        return duties.GroupBy(duty => duty.Duty.Matter, duty => duty.Duty)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(duty => duty.Role).ToImmutableArray());
    }

    private static void CheckBureau(CsvRow row, BureauCode bureau, OrganisationReader organisations, TerritoryReader territory)
    {
        if (!organisations.Knows(bureau))
        {
            row.Fault(CityPackFaultCode.UnknownBureau, $"没有部门属于 {bureau}。", $"No department belongs to the bureau {bureau}.");
            return;
        }

        foreach (var district in territory.Districts.Where(district => !organisations.Serves(bureau, district)))
            row.Fault(CityPackFaultCode.MissingDepartment,
                $"{bureau} 在区 {district} 没有部门。",
                $"The bureau {bureau} has no department that serves the district {district}.");
    }

    private void CheckDays(string dutyFile, string matterFile)
    {
        foreach (var same in duties.GroupBy(duty => (duty.Duty.Matter, duty.Duty.Bureau)))
        {
            foreach (var second in Collisions([.. same]))
                faults.Add(dutyFile, second, CityPackFaultCode.TwoDuties,
                    $"{same.Key.Bureau} 对 {same.Key.Matter} 在同一天有两项职责。",
                    $"{same.Key.Bureau} has two duties for {same.Key.Matter} on one day.");
        }

        var leads = duties.Where(duty => duty.Duty.Role == DutyRole.Lead).ToLookup(duty => duty.Duty.Matter);
        foreach (var (matter, line) in matters.Lines)
        {
            foreach (var second in Collisions([.. leads[matter]]))
                faults.Add(dutyFile, second, CityPackFaultCode.TwoLeads, $"{matter} 在同一天有两个主责。", $"{matter} has two leads on one day.");
            if (firstDay is { } first && FirstDayWithoutLead(first, leads[matter].Select(duty => duty.Duty)) is { } day)
                faults.Add(matterFile, line, CityPackFaultCode.NoLead,
                    $"{matter} 自 {day:yyyy-MM-dd} 起没有主责。",
                    $"{matter} has no lead on {day:yyyy-MM-dd}.");
        }
    }

    private static IEnumerable<int> Collisions(List<(Duty Duty, int Line)> rivals)
    {
        var ordered = rivals.OrderBy(rival => rival.Duty.ValidFrom).ThenBy(rival => rival.Line).ToList();
        for (var (i, end) = (0, DateOnly.MinValue); i < ordered.Count; i++)
        {
            if (i > 0 && ordered[i].Duty.ValidFrom <= end)
                yield return ordered[i].Line;
            var own = ordered[i].Duty.ValidTo ?? DateOnly.MaxValue;
            end = own > end ? own : end;
        }
    }

    private static DateOnly? FirstDayWithoutLead(DateOnly first, IEnumerable<Duty> leads)
    {
        var wanted = first;
        foreach (var lead in leads.OrderBy(lead => lead.ValidFrom))
        {
            if (lead.ValidFrom > wanted)
                return wanted;
            if (lead.ValidTo is not { } last || last == DateOnly.MaxValue)
                return null;
            if (last >= wanted)
                wanted = last.AddDays(1);
        }

        return wanted;
    }
}
