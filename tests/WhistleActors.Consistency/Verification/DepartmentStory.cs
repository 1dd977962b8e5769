using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Consistency.Verification;

/// <summary>
/// A department's events, gone through once more: each news must have been news to it, and true; each step of an alert must have been due, and taken once.
/// </summary>
internal sealed class DepartmentStory(DepartmentCode department, CityPack pack, IReadOnlyDictionary<GridCode, GridStory> grids, Lateness lateness)
{
    private readonly List<Violation> violations = [];
    private readonly AlertContext context = new(department, pack);

    /// <summary>The department as its events leave it.</summary>
    internal DepartmentState State { get; private set; } = DepartmentState.Empty(department) with { Alerts = DepartmentAlerts.Empty };

    internal IReadOnlyList<Violation> Violations => violations;

    internal void Read(IEnumerable<JournalRow> rows)
    {
        foreach (var row in rows)
        {
            switch (row.Event)
            {
                case DepartmentEvent heard:
                    Hear(heard, row);
                    State = DepartmentFold.Apply(State, heard);
                    break;
                case AlertStepsTaken taken:
                    Climb(taken, row);
                    State = DepartmentFold.Apply(State, taken);
                    break;
                case AlertEvent happened:
                    State = DepartmentFold.Apply(State, happened);
                    break;
                default:
                    violations.Add(new Violation("order", $"{row.Owner} {row.Number} is a {row.Manifest}"));
                    break;
            }
        }
    }

    /// <summary>What is not at the department as the grids have it, now that all is quiet.</summary>
    internal IEnumerable<Violation> Undelivered()
    {
        foreach (var whistle in grids.Values.SelectMany(story => story.State.OpenWhistles))
        {
            if (whistle.SummonsOf(department) is not { } summons || HeldSummons.Of(whistle, summons) is not { } due || (!due.Owes && !due.Committed))
                continue;
            if (State.Held.GetValueOrDefault(whistle.Id) is not { } held)
                yield return new Violation("summons-not-delivered", $"{department} knows nothing of {whistle.Id}");
            else if (held with { Version = due.Version } != due)
                yield return new Violation("summons-not-delivered", $"{department} holds {whistle.Id} as {held.State} of version {held.Version}, and it is {due.State} at {due.Version}");
        }

        foreach (var id in State.Held.Keys)
        {
            var whistle = grids.GetValueOrDefault(id.Grid)?.State.Whistles.GetValueOrDefault(id);
            if (whistle?.SummonsOf(department) is not { } summons || HeldSummons.Of(whistle, summons) is { Owes: false, Committed: false })
                yield return new Violation("summons-not-delivered", $"{department} still holds {id}, which is over");
        }
    }

    /// <summary>Steps that were due before an instant and are not taken.</summary>
    internal IEnumerable<Violation> Missed(DateTimeOffset by) => State.Alerts!.Open
        .Where(open => AlertRules.StepDue(open.Value, open.Value.StepsTaken, context) < by)
        .Select(open => new Violation("alert-missed", $"{department}: step {open.Value.StepsTaken} of the alert of {open.Key} was due and is not taken"));

    private void Hear(DepartmentEvent heard, JournalRow row)
    {
        var where = $"{row.Owner} {row.Number}";
        var version = heard switch { SummonsHeld held => held.Summons.Version, SummonsOver over => over.Version, _ => 0 };
        var whistle = grids.GetValueOrDefault(heard.Whistle.Grid)?.At(heard.Whistle, version);
        var told = whistle?.SummonsOf(department) is { } summons ? HeldSummons.Of(whistle, summons) : null;
        switch (heard)
        {
            case SummonsHeld held when told != held.Summons:
                violations.Add(new Violation("news", $"{where}: {heard.Whistle} was never {held.Summons.State} at version {version}"));
                break;

            // A whistle that its grid has put away is over at whatever version the department asked for.
            case SummonsOver when told is { Owes: true } or { Committed: true }:
                if (!IsPutAway(heard.Whistle))
                    violations.Add(new Violation("news", $"{where}: {heard.Whistle} was not over at version {version}"));
                break;
            default:
                if (told is not null && (DepartmentRules.Hear(State, heard.Whistle, told, heard.At) is not { } again || !JournalRow.Bytes(again).SequenceEqual(row.Message)))
                    violations.Add(new Violation("news", $"{where}: version {version} of {heard.Whistle} was no news after {State.Heard(heard.Whistle)}"));
                break;
        }
    }

    private bool IsPutAway(WhistleId whistle) => !grids[whistle.Grid].State.Whistles.TryGetValue(whistle, out var known) || known.IsOver;

    private void Climb(AlertStepsTaken taken, JournalRow row)
    {
        foreach (var step in taken.Steps)
        {
            if (State.Alerts!.Open.GetValueOrDefault(step.Whistle) is not { } open || AlertRules.StepDue(open, step.Step, context) is not { } due)
                violations.Add(new Violation("alert", $"{row.Owner} {row.Number}: nothing of {step.Whistle} waited for step {step.Step}"));
            else if (lateness.Judge(due, taken.At) is { } late)
                violations.Add(new Violation("alert-late", $"{row.Owner} {row.Number}: step {step.Step} of {step.Whistle} came {late.TotalSeconds:0.000} s late"));
        }

        if (!AlertRules.PassTime(State.Alerts!, context, taken.At).Any(again => JournalRow.Bytes(again).SequenceEqual(row.Message)))
            violations.Add(new Violation("alert", $"{row.Owner} {row.Number}: these steps were not due, or were taken before"));
    }
}
