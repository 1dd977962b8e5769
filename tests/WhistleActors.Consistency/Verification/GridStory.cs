using System.Globalization;
using WhistleActors.Actors.Boards;
using WhistleActors.Consistency.Histories;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Consistency.Verification;

/// <summary>
/// A grid's events, gone through once more under the rules: what somebody ordered must be decided again as it is stored, to the byte, and what time did must
/// be what time had to do then.
/// </summary>
internal sealed class GridStory(GridCode grid, CityPack pack, History history, Lateness lateness)
{
    private readonly List<Violation> violations = [];
    private readonly Dictionary<(WhistleId, long), Whistle> versions = [];
    private readonly Dictionary<string, string> done = new(StringComparer.Ordinal);

    /// <summary>The grid as its events leave it.</summary>
    internal GridState State { get; private set; } = GridState.Empty(grid);

    internal IReadOnlyList<Violation> Violations => violations;

    /// <summary>A whistle as it was at a version; null when it never was.</summary>
    internal Whistle? At(WhistleId whistle, long version) => versions.GetValueOrDefault((whistle, version));

    /// <summary>The keys of commands that took effect.</summary>
    internal IReadOnlyCollection<string> Done => done.Keys;

    internal void Read(IEnumerable<JournalRow> rows)
    {
        var events = rows.ToList();
        for (var i = 0; i < events.Count;)
        {
            var group = Group(events, i);
            if (group[0].Event is not GridEvent first)
                violations.Add(new Violation("order", $"{group[0].Owner} {group[0].Number} is a {group[0].Manifest}"));
            else if (first.By is null)
                PassTime(first, group[0]);
            else
                Decide(first, group);
            i += group.Count;
        }
    }

    /// <summary>Whatever was due before an instant must be recorded by then.</summary>
    internal IEnumerable<Violation> Missed(DateTimeOffset by) => State.Whistles.Values
        .Where(whistle => whistle.NextDeadline < by)
        .Select(whistle => new Violation("deadline-missed", $"{whistle.Id}: nothing recorded what was due at {Text(whistle.NextDeadline!.Value)}"));

    // The events of one order are stored together, one after the other, under its key; none comes twice for a department.
    private static List<JournalRow> Group(List<JournalRow> events, int from)
    {
        var group = new List<JournalRow> { events[from] };
        if (events[from].Event is not GridEvent { Key: { } key, By: { } by })
            return group;
        for (var i = from + 1; i < events.Count && events[i].Event is GridEvent { Key: { } more, By: { } other } && (more, other.Person) == (key, by.Person); i++)
        {
            if (group.Exists(row => Same(row) == Same(events[i])))
                break;
            group.Add(events[i]);
        }

        return group;

        static (string, string?) Same(JournalRow row) => (row.Manifest, (row.Event as SummonsEvent)?.Department.Text);
    }

    private void PassTime(GridEvent happened, JournalRow row)
    {
        var due = State.Whistles.GetValueOrDefault(happened.Whistle)?.NextDeadline;
        if (due is null || !GridRules.PassTime(State, [happened.Whistle], happened.At).Any(expected => JournalRow.Bytes(expected).SequenceEqual(row.Message)))
            violations.Add(new Violation("time", $"{row.Owner} {row.Number}: {row.Manifest} of {happened.Whistle} at {Text(happened.At)} is not what time had to do"));
        else if (lateness.Judge(due.Value, happened.At) is { } late)
            violations.Add(new Violation("deadline-late", $"{happened.Whistle}: {row.Manifest}{Whose(happened)} was due at {Text(due.Value)} and came {late.TotalSeconds:0.000} s late"));
        Apply(happened);
    }

    private void Decide(GridEvent first, List<JournalRow> group)
    {
        var where = $"{group[0].Owner} {group[0].Number}";
        if (first.Key is not { } key)
            violations.Add(new Violation("invented", $"{where}: {group[0].Manifest} of {first.By!.Person} has no key"));
        else if (!history.Commands.TryGetValue(key.Key, out var command))
            violations.Add(new Violation("invented", $"{where}: nobody asked for {key.Key}"));
        else if (!done.TryAdd(key.Key, where))
            violations.Add(new Violation("doubled", $"{where}: {key.Key} took effect before, at {done[key.Key]}"));
        else
            Compare(command, first, where);
        var again = Order(group) is { } order && GridRules.Decide(State, order, new GridContext(pack, pack.Territory.Grids.GetValueOrDefault(grid), first.At)) is Decision.Accepted accepted
            ? accepted.Events
            : [];
        if (!again.Select(JournalRow.Bytes).SequenceEqual(group.Select(row => row.Message), ByBytes.Instance))
            violations.Add(new Violation("order", $"{where}: the rules would not have decided {string.Join(", ", group.Select(row => row.Manifest))} for {first.Whistle}"));
        foreach (var row in group)
            Apply((GridEvent)row.Event);
        if (first.Key is { } asked && history.Commands.TryGetValue(asked.Key, out var told))
            CompareAnswers(told, State.Whistles[first.Whistle]);
    }

    private void Compare(Command command, GridEvent first, string where)
    {
        var about = command.Kind == "blow" ? first.Whistle.Grid.Text : first.Whistle.Text;
        var department = first is SummonsEvent of && command.Department is not null ? of.Department.Text : null;
        if ((about, department, first.By!.Person.Text) != (command.About, command.Department, command.Person))
            violations.Add(new Violation("invented", $"{where}: {command.Key} was asked by {command.Person} of {command.About} {command.Department}"));
    }

    // Whoever asked was told the whistle as it was right after the command, whichever attempt was answered.
    private void CompareAnswers(Command command, Whistle after)
    {
        foreach (var answer in command.Answers)
        {
            if (answer.Refusal is { } code)
                violations.Add(new Violation("refused-and-done", $"{command.Key} was refused ({code}) and took effect at version {after.Version} of {after.Id}"));
            else if (answer.Whistle is { } told && Views.Difference(told, new PublishedWhistle(after).Json) is { } difference)
                violations.Add(new Violation("answer", $"{command.Key} was told version {told.Version} of {told.Id}, and it made version {after.Version} of {after.Id}: {difference}"));
        }
    }

    private void Apply(GridEvent happened)
    {
        try
        {
            State = GridFold.Apply(State, happened);
            var whistle = State.Whistles[happened.Whistle];
            versions[(whistle.Id, whistle.Version)] = whistle;
        }
        catch (Exception cause) when (cause is InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            violations.Add(new Violation("order", $"{happened.Whistle}: {happened.GetType().Name} cannot follow: {cause.Message}"));
        }
    }

    // The order, as it must have been: what an event tells of it is all that the rules look at.
    private static Order? Order(List<JournalRow> group)
    {
        var last = (GridEvent)group[^1].Event;
        GridCommand? command = last switch
        {
            WhistleBlown blown => new BlowWhistle(blown.Matter, blown.Occasion, blown.Level, blown.Chain, blown.Description, null, null, null),
            SummonsSigned signed => new SignSummons(signed.Whistle, signed.Department),
            CrewDeparted departed => new Depart(departed.Whistle, departed.Department, departed.Crew, departed.ArrivesAt),
            CrewRecalled back => new RecallCrew(back.Whistle, back.Department, back.Reason, back.For),
            CrewCheckedIn came => new CheckInCrew(came.Whistle, came.Department, null, came.Presence.Witness, came.Crew, came.Headcount),
            OutcomeReported reported => new ReportOutcome(reported.Whistle, reported.Department, reported.Kind, reported.Note, reported.Ledger),
            OutcomeAccepted accepted => new AcceptOutcome(accepted.Whistle, accepted.Department),
            OutcomeVetoed vetoed => new VetoOutcome(vetoed.Whistle, vetoed.Department, vetoed.Reason),
            DepartmentReleased released => new ReleaseDepartment(released.Whistle, released.Department, released.Reason),
            WhistleClosed closed => new CloseWhistle(closed.Whistle, closed.Note),
            WhistleWithdrawn withdrawn => new WithdrawWhistle(withdrawn.Whistle, withdrawn.Reason),
            _ => null,
        };
        return command is null ? null : new Order(command, last.By!, last.Key);
    }

    // Of several departments' clocks that run out in the same instant each is one deadline.
    private static string Whose(GridEvent happened) => happened switch
    {
        DeadlinePassed passed => $" of {passed.Department}'s {passed.Clock}",
        DeadlineNear near => $" of {near.Department}'s {near.Clock} ({near.Percent} %)",
        SummonsEvent of => $" of {of.Department}",
        _ => "",
    };

    private static string Text(DateTimeOffset at) => at.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private sealed class ByBytes : IEqualityComparer<byte[]>
    {
        internal static readonly ByBytes Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
