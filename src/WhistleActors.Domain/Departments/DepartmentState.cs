using System.Collections.Immutable;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Departments;

/// <summary>What a department knows: the summonses that it still has to do with, and which ones are over.</summary>
/// <param name="Version">Counts its events.</param>
/// <param name="Held">Summonses that it owes something for or has a crew bound to.</param>
/// <param name="Over">The version at which it heard that they are over, so that a message that comes late does not bring them back.</param>
/// <param name="Alerts">Null on boards, and in what was stored before there were alerts.</param>
/// <param name="Crews">What was ordered of its crews; null when nothing ever was.</param>
public sealed record DepartmentState(
    DepartmentCode Department,
    long Version,
    ImmutableDictionary<WhistleId, HeldSummons> Held,
    ImmutableDictionary<WhistleId, OverSummons> Over,
    DepartmentAlerts? Alerts = null,
    DepartmentCrews? Crews = null)
{
    // With what was counted, so that a copy that holds something else is counted anew.
    private Count? counted;

    /// <summary>How long it is remembered that a summons is over; far longer than any message is under way.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    public static DepartmentState Empty(DepartmentCode department) => new(
        department, 0, ImmutableDictionary<WhistleId, HeldSummons>.Empty, ImmutableDictionary<WhistleId, OverSummons>.Empty);

    /// <summary>The version of the whistle that the department last took note of; 0 for none.</summary>
    public long Heard(WhistleId whistle) =>
        Held.TryGetValue(whistle, out var held) ? held.Version : Over.TryGetValue(whistle, out var over) ? over.Version : 0;

    /// <summary>How many whistles want the department now. Counted once, and kept up from event to event: a storm of n summonses must not cost n squared.</summary>
    public DepartmentLoad Load
    {
        get
        {
            if (counted is { } known && ReferenceEquals(known.Held, Held))
                return known.Load;
            var load = Held.Values.Aggregate(DepartmentLoad.None, (sum, held) => sum + DepartmentLoad.Of(held));
            counted = new Count(Held, load);
            return load;
        }
    }

    /// <summary>The same department with one summons held anew, or held no longer when that is null.</summary>
    internal DepartmentState With(WhistleId whistle, HeldSummons? summons)
    {
        var load = Load;
        if (Held.TryGetValue(whistle, out var before))
            load -= DepartmentLoad.Of(before);
        if (summons is not null)
            load += DepartmentLoad.Of(summons);
        var held = summons is null ? Held.Remove(whistle) : Held.SetItem(whistle, summons);
        return this with { Held = held, counted = new Count(held, load) };
    }

    private sealed record Count(ImmutableDictionary<WhistleId, HeldSummons> Held, DepartmentLoad Load);
}

/// <summary>A summons that is over for the department.</summary>
/// <param name="Round">The whistle's round, from the second on: a later one can bring the summons back.</param>
/// <param name="Turn">Of the summons that is over; see <see cref="HeldSummons.Turn"/>.</param>
public readonly record struct OverSummons(long Version, DateTimeOffset At, int? Round = null, int? Turn = null);

/// <summary>How many whistles want a department now (负荷).</summary>
/// <param name="Open">Summonses that it owes something for; the next five and <paramref name="Returned"/> add up to it.</param>
/// <param name="Overdue">Of the open ones, those with a clock that ran out, or a ledger entry whose day passed.</param>
/// <param name="Committed">Crews on the way or on the spot.</param>
/// <param name="Returned">Ledger entries whose day passed.</param>
/// <param name="Queue">Of the open ones, those without a crew on the way or on the spot.</param>
public sealed record DepartmentLoad(
    int Open, int Summoned, int Signed, int Departed, int CheckedIn, int Reported, int Overdue, int Committed, int Returned = 0, int Queue = 0)
{
    /// <summary>Nobody wants it.</summary>
    public static DepartmentLoad None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>What one summons adds.</summary>
    public static DepartmentLoad Of(HeldSummons held)
    {
        var crews = held.CommittedCrews;
        if (!held.Owes)
            return None with { Committed = crews };
        return new DepartmentLoad(
            1,
            One(held.State == SummonsState.Summoned),
            One(held.State == SummonsState.Signed),
            One(held.State == SummonsState.Departed),
            One(held.State == SummonsState.CheckedIn),
            One(held.State == SummonsState.Reported),
            One(held.Overdue is not null || held.State == SummonsState.Returned),
            crews,
            One(held.State == SummonsState.Returned),
            One(!held.Committed));

        static int One(bool counts) => counts ? 1 : 0;
    }

    public static DepartmentLoad operator +(DepartmentLoad one, DepartmentLoad other) => one.Plus(other, 1);

    public static DepartmentLoad operator -(DepartmentLoad one, DepartmentLoad other) => one.Plus(other, -1);

    private DepartmentLoad Plus(DepartmentLoad other, int times) => new(
        Open + (times * other.Open),
        Summoned + (times * other.Summoned),
        Signed + (times * other.Signed),
        Departed + (times * other.Departed),
        CheckedIn + (times * other.CheckedIn),
        Reported + (times * other.Reported),
        Overdue + (times * other.Overdue),
        Committed + (times * other.Committed),
        Returned + (times * other.Returned),
        Queue + (times * other.Queue));
}
