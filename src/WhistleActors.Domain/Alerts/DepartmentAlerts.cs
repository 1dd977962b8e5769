using System.Collections.Immutable;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>A department's alerts, whom they were told to, and who is on duty.</summary>
/// <param name="People">What waits to be told to each person.</param>
/// <param name="Pending">Notices without a final answer, by id.</param>
/// <param name="Notices">How many notices there ever were; their ids count on.</param>
public sealed record DepartmentAlerts(
    ImmutableDictionary<WhistleId, OpenAlert> Open,
    ImmutableDictionary<PersonId, ToldPerson> People,
    ImmutableDictionary<string, PendingNotice> Pending,
    ImmutableArray<DeadLetter> DeadLetters,
    long Notices,
    DutyRoster Roster,
    ImmutableDictionary<PersonId, NotificationRules> Rules,
    ImmutableDictionary<PersonId, ImmutableArray<AlertContact>> Subscriptions)
{
    /// <summary>The most dead letters that are kept; the journal has all.</summary>
    public const int MostDeadLetters = 200;

    public static DepartmentAlerts Empty { get; } = new(
        ImmutableDictionary<WhistleId, OpenAlert>.Empty,
        ImmutableDictionary<PersonId, ToldPerson>.Empty,
        ImmutableDictionary<string, PendingNotice>.Empty,
        [],
        0,
        DutyRoster.Empty,
        ImmutableDictionary<PersonId, NotificationRules>.Empty,
        ImmutableDictionary<PersonId, ImmutableArray<AlertContact>>.Empty);

    /// <summary>How many summonses wait for a signature.</summary>
    public int Unsigned => Open.Values.Count(alert => alert.Cause == AlertCause.Unsigned);

    /// <summary>The alerts of a department that held its summonses before there were alerts.</summary>
    public static DepartmentAlerts Of(DepartmentState department, DateTimeOffset at) => department.Held.Aggregate(
        Empty, (alerts, held) => AlertFold.Hear(alerts, new SummonsHeld(held.Key, at, held.Value)));

    /// <summary>By which ways a person is reached: what the roster says, and the person's browsers.</summary>
    public IEnumerable<AlertContact> ContactsOf(PersonId person, DateTimeOffset at)
    {
        var shift = Roster.Shifts.Where(shift => shift.Person == person && shift.From <= at).MaxBy(shift => shift.From)
            ?? Roster.Shifts.FirstOrDefault(shift => shift.Person == person);
        return [.. shift?.Contacts ?? [], .. Subscriptions.GetValueOrDefault(person, [])];
    }

    /// <summary>Of what a person waits to be told, that which still waits for the department.</summary>
    public IEnumerable<NoticedAlert> StillWaiting(ToldPerson person) =>
        person.Waiting.Where(IsOpen);

    /// <summary>Of that, the exercises, or the real ones.</summary>
    public IEnumerable<NoticedAlert> StillWaiting(ToldPerson person, bool exercise) =>
        StillWaiting(person).Where(alert => (Open[alert.Whistle].Exercise == true) == exercise);

    /// <summary>True while the alert waits for what it waited for then.</summary>
    public bool IsOpen(NoticedAlert told) => Open.TryGetValue(told.Whistle, out var alert) && alert.Cause == told.Cause;
}

/// <summary>What a person was told, and waits to be told.</summary>
/// <param name="LastAt">When the person was told last; <paramref name="LastEmergencyAt"/> of an emergency.</param>
/// <param name="LastExerciseAt">The same of an exercise, which is told apart.</param>
public sealed record ToldPerson(
    string Name, ImmutableArray<NoticedAlert> Waiting, DateTimeOffset? LastAt, DateTimeOffset? LastEmergencyAt, DateTimeOffset? LastExerciseAt = null);
