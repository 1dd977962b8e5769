using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles.Commands;

namespace WhistleActors.Domain.Whistles;

/// <summary>Writes the minutes of a conference (会议纪要) from what was recorded. Free text stands in them in the words in which it was given.</summary>
public static class Minutes
{
    /// <summary>The minutes in both languages, as far as the conference has come.</summary>
    public static LocalizedText Of(Whistle whistle, Conference conference, ImmutableArray<PlannedTask> tasks, CityPack pack) => new(
        Write(new Chinese(pack), whistle, conference, tasks), Write(new English(pack), whistle, conference, tasks));

    private static string Write(Language say, Whistle whistle, Conference conference, ImmutableArray<PlannedTask> tasks)
    {
        var text = new StringBuilder();
        Line(say.Title(whistle.Id, conference));
        Line(say.Subject(conference.Subject));
        Line(say.Convened(say.Time(conference.ConvenedAt), say.Of(conference.ConvenedBy.Organisation), conference.ConvenedBy.Name, say.Of(conference.Chair)));
        if (conference.MeetsAt is not null || conference.Place is not null)
            Line(say.Meeting(conference.MeetsAt is { } at ? say.Time(at) : null, conference.Place));
        Line(say.Parties([.. conference.Parties.Select(say.Of)]));
        foreach (var position in conference.Positions)
            Line(say.Position(say.Of(position.Organisation), position.Speaker, position.Text));
        foreach (var proposal in conference.Proposals)
        {
            Line(say.Proposal(
                proposal, say.Of(proposal.Organisation), proposal.Department is { } department ? say.Of(department) : null, proposal.DueOn is { } day ? Day(day) : null));
            foreach (var answer in proposal.Answers)
                Line(say.Answer(say.Of(answer.Organisation), answer));
        }

        if (conference.Decision is { } decision)
        {
            Line(say.Decision(say.Time(decision.At), say.Of(decision.By.Organisation), decision.By.Name, decision.Text));
            Line(say.Adopted(decision.Adopted));
            foreach (var task in tasks)
                Line(say.Task(say.Of(task.Department), task.Person, task.Text, Day(task.DueOn)));
            Line(say.Complete(decision.MinutesComplete));
        }

        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private abstract class Language(CityPack pack, Func<LocalizedText, string> pick)
    {
        public string Of(OrganisationCode code) =>
            DepartmentCode.TryParse(code.Text, out var department) && pack.Departments.ContainsKey(department) ? Of(department)
            : SubdistrictCode.TryParse(code.Text, out var street) && pack.Territory.Subdistricts.TryGetValue(street, out var subdistrict) ? pick(subdistrict.Name)
            : DistrictCode.TryParse(code.Text, out var area) && pack.Territory.Districts.TryGetValue(area, out var district) ? Centre(pick(district.Name))
            : code.Text;

        public string Of(DepartmentCode code) => pack.Departments.TryGetValue(code, out var department) ? pick(department.Name) : code.Text;

        public string Time(DateTimeOffset at) =>
            TimeZoneInfo.ConvertTime(at, pack.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

        public abstract string Title(WhistleId whistle, Conference conference);

        public abstract string Subject(string subject);

        public abstract string Convened(string at, string organisation, string person, string chair);

        public abstract string Meeting(string? at, string? place);

        public abstract string Parties(IReadOnlyList<string> parties);

        public abstract string Position(string organisation, string speaker, string text);

        public abstract string Proposal(Proposal proposal, string organisation, string? department, string? dueOn);

        public abstract string Answer(string organisation, ProposalAnswer answer);

        public abstract string Decision(string at, string organisation, string person, string text);

        public abstract string Adopted(ImmutableArray<int> adopted);

        public abstract string Task(string department, string person, string text, string dueOn);

        public abstract string Complete(bool complete);

        protected abstract string Centre(string district);
    }

    private sealed class Chinese(CityPack pack) : Language(pack, text => text.Zh)
    {
        public override string Title(WhistleId whistle, Conference conference) =>
            $"会议纪要：{whistle} 号哨第 {conference.Number} 次会商{(conference.Joint ? "（区级联席会议）" : "")}";

        public override string Subject(string subject) => $"议题：{subject}";

        public override string Convened(string at, string organisation, string person, string chair) => $"召集：{at}，{organisation}，{person}。主持单位：{chair}。";

        public override string Meeting(string? at, string? place) => $"时间地点：{at ?? "未定"}，{place ?? "未定"}。";

        public override string Parties(IReadOnlyList<string> parties) => $"参加单位：{string.Join('、', parties)}。";

        public override string Position(string organisation, string speaker, string text) => $"意见　{organisation}（{speaker}）：{text}";

        public override string Proposal(Proposal proposal, string organisation, string? department, string? dueOn) =>
            $"措施 {proposal.Number}　{organisation}（{proposal.Proposer}）：{proposal.Text}"
            + (department is null ? "" : $"　承办：{department}") + (dueOn is null ? "" : $"　期限：{dueOn}");

        public override string Answer(string organisation, ProposalAnswer answer) =>
            $"　　{organisation}：{(answer.Agrees ? "同意" : "不同意")}{(answer.Reason is null ? "" : $"，{answer.Reason}")}";

        public override string Decision(string at, string organisation, string person, string text) => $"决定：{at}，{organisation}，{person}：{text}";

        public override string Adopted(ImmutableArray<int> adopted) => adopted.IsEmpty ? "采纳措施：无。" : $"采纳措施：{string.Join('、', adopted)}。";

        public override string Task(string department, string person, string text, string dueOn) => $"任务　{department}，责任人{person}，{dueOn} 前：{text}";

        public override string Complete(bool complete) => complete ? "纪要完整，经主持单位确认。" : "纪要未含会上全部意见。";

        protected override string Centre(string district) => $"{district}指挥中心";
    }

    private sealed class English(CityPack pack) : Language(pack, text => text.En)
    {
        public override string Title(WhistleId whistle, Conference conference) =>
            $"Minutes of conference {conference.Number} on whistle {whistle}{(conference.Joint ? " (joint conference of the district)" : "")}";

        public override string Subject(string subject) => $"Subject: {subject}";

        public override string Convened(string at, string organisation, string person, string chair) => $"Convened: {at} by {person} of {organisation}. Chair: {chair}.";

        public override string Meeting(string? at, string? place) => $"Meets: {at ?? "time open"}, {place ?? "place open"}.";

        public override string Parties(IReadOnlyList<string> parties) => $"Parties: {string.Join(", ", parties)}.";

        public override string Position(string organisation, string speaker, string text) => $"Position - {organisation} ({speaker}): {text}";

        public override string Proposal(Proposal proposal, string organisation, string? department, string? dueOn) =>
            $"Measure {proposal.Number} - {organisation} ({proposal.Proposer}): {proposal.Text}"
            + (department is null ? "" : $" To be taken by {department}.") + (dueOn is null ? "" : $" Due {dueOn}.");

        public override string Answer(string organisation, ProposalAnswer answer) =>
            $"    {organisation}: {(answer.Agrees ? "agrees" : "objects")}{(answer.Reason is null ? "" : $", {answer.Reason}")}";

        public override string Decision(string at, string organisation, string person, string text) => $"Decided: {at} by {person} of {organisation}: {text}";

        public override string Adopted(ImmutableArray<int> adopted) => adopted.IsEmpty ? "Measures adopted: none." : $"Measures adopted: {string.Join(", ", adopted)}.";

        public override string Task(string department, string person, string text, string dueOn) => $"Task - {department}, {person}, by {dueOn}: {text}";

        public override string Complete(bool complete) => complete ? "The chair says that these minutes are complete." : "These minutes do not hold all that was said.";

        protected override string Centre(string district) => $"{district} command centre";
    }
}
