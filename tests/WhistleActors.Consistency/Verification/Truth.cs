using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Views;
using WhistleActors.Client.Boards;
using WhistleActors.Consistency.Histories;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Consistency.Verification;

/// <summary>What the journal tells: every grid and every department, gone through once more; and what was told and shown, held against it.</summary>
internal sealed class Truth
{
    private const string GridPrefix = "grid-";
    private const string DepartmentPrefix = "department-";

    private readonly CityPack pack;
    private readonly IReadOnlyDictionary<string, byte[]> open;
    private readonly IReadOnlyList<JournalRow> rows;

    internal Truth(IReadOnlyList<JournalRow> rows, CityPack pack, History history, MachineStalls stalls)
    {
        (this.rows, this.pack) = (rows, pack);
        Late = new Lateness(history, stalls);
        var owners = rows.GroupBy(row => row.Owner).ToList();
        var grids = new Dictionary<GridCode, GridStory>();
        foreach (var owner in owners.Where(owner => owner.Key.StartsWith(GridPrefix, StringComparison.Ordinal)))
        {
            var code = GridCode.Parse(owner.Key[GridPrefix.Length..]);
            grids[code] = new GridStory(code, pack, history, Late);
            grids[code].Read(owner);
        }

        Grids = grids;
        Departments = [.. owners.Where(owner => owner.Key.StartsWith(DepartmentPrefix, StringComparison.Ordinal)).Select(owner =>
        {
            var story = new DepartmentStory(DepartmentCode.Parse(owner.Key[DepartmentPrefix.Length..]), pack, grids, Late);
            story.Read(owner);
            return story;
        })];
        open = grids.Values.SelectMany(story => story.State.OpenWhistles).ToDictionary(whistle => whistle.Id.Text, whistle => new PublishedWhistle(whistle).Json);
    }

    internal IReadOnlyDictionary<GridCode, GridStory> Grids { get; }

    internal IReadOnlyList<DepartmentStory> Departments { get; }

    internal IReadOnlyList<JournalRow> Rows => rows;

    internal Lateness Late { get; }

    /// <summary>What is wrong with what is stored, and with what was answered.</summary>
    internal IEnumerable<Violation> Violations(History history)
    {
        var done = Grids.Values.SelectMany(story => story.Done).ToHashSet();
        var acknowledged = history.Commands.Values.Where(command => command.Answers.Any(answer => answer.Whistle is not null));
        return
        [
            .. NumberingCheck.Of(rows),
            .. ClockCheck.Of(rows, history),
            .. Grids.Values.SelectMany(story => story.Violations),
            .. Departments.SelectMany(story => story.Violations),
            .. acknowledged.Where(command => !done.Contains(command.Key)).Select(command => new Violation("lost", $"{command.Key} about {command.About} {command.Department} was acknowledged and is not in the journal")),
            .. history.Commands.Values.SelectMany(command => command.Answers.Where(answer => answer.Refusal is not null).Select(answer =>
                new Violation("refused", $"{command.Key} about {command.About} {command.Department}, which the rules allow, was refused: {answer.Refusal}"))),
        ];
    }

    /// <summary>What should have come to pass by now and has not: it may still be under way.</summary>
    internal IEnumerable<Violation> Outstanding(DateTimeOffset now) =>
    [
        .. Grids.Values.SelectMany(story => story.Missed(now - Lateness.Allowed)),
        .. Departments.SelectMany(story => story.Missed(now - Lateness.Allowed)),
        .. Departments.SelectMany(story => story.Undelivered()),
        .. Grids.Values.SelectMany(story => story.State.OpenWhistles).SelectMany(whistle => whistle.Summonses)
            .Select(summons => summons.Department).Distinct().Except(Departments.Select(story => story.State.Department)).Where(department => Owes(department))
            .Select(department => new Violation("summons-not-delivered", $"{department} has never heard of anything")),
    ];

    /// <summary>What a wall shows that is not so.</summary>
    internal IEnumerable<Violation> Compare(BoardPicture? picture, string who)
    {
        if (picture is null)
            return [new Violation("board", $"{who} shows no fresh picture")];
        return
        [
            .. open.Keys.Except(picture.Whistles.Keys).Select(id => new Violation("board", $"{who} does not show {id}")),
            .. picture.Whistles.Keys.Except(open.Keys).Select(id => new Violation("board", $"{who} shows {id}, which is not open")),
            .. from shown in picture.Whistles.Values
               where open.ContainsKey(shown.Id)
               let difference = Views.Difference(shown, open[shown.Id])
               where difference is not null
               select new Violation("board", $"{who} shows {shown.Id} at version {shown.Version}: {difference}"),
            .. Departments.Where(story => story.State.Version > 0 && picture.Departments.GetValueOrDefault(story.State.Department.Text) != story.State.ToView(pack))
                .Select(story => new Violation("board", $"{who} shows another load of {story.State.Department} than {story.State.ToView(pack)}")),
        ];
    }

    /// <summary>What a console shows that is not so.</summary>
    internal IEnumerable<Violation> Compare(IReadOnlyList<AlertView>? waiting, string department, string who)
    {
        if (waiting is null)
            return [new Violation("console", $"{who} is not connected")];
        var truth = Grids.Values.SelectMany(story => story.State.OpenWhistles)
            .Where(whistle => whistle.SummonsOf(DepartmentCode.Parse(department)) is { } summons && HeldSummons.Of(whistle, summons) is { Owes: true, State: Domain.Whistles.SummonsState.Summoned })
            .Select(whistle => whistle.Id.Text).ToHashSet();
        var shown = waiting.Where(alert => alert.Cause == Contract.Alerts.AlertCause.Unsigned).Select(alert => alert.Whistle).ToHashSet();
        return
        [
            .. truth.Except(shown).Select(id => new Violation("console", $"{who} does not show {id}, which nobody has signed")),
            .. shown.Except(truth).Select(id => new Violation("console", $"{who} shows {id}, which does not wait")),
        ];
    }

    private bool Owes(DepartmentCode department) => Grids.Values.SelectMany(story => story.State.OpenWhistles)
        .Any(whistle => whistle.SummonsOf(department) is { } summons && HeldSummons.Of(whistle, summons).Owes);
}
