using System.Collections.Immutable;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Departments;

/// <summary>What a department knows: the summonses that it still has to do with, and which ones are over.</summary>
/// <param name="Version">Counts its events.</param>
/// <param name="Held">Summonses that it owes something for or has a crew bound to.</param>
/// <param name="Over">The version at which it heard that they are over, so that a message that comes late does not bring them back.</param>
/// <param name="Alerts">Null on boards, and in what was stored before there were alerts.</param>
public sealed record DepartmentState(
    DepartmentCode Department,
    long Version,
    ImmutableDictionary<WhistleId, HeldSummons> Held,
    ImmutableDictionary<WhistleId, OverSummons> Over,
    DepartmentAlerts? Alerts = null)
{
    /// <summary>How long it is remembered that a summons is over; far longer than any message is under way.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    public static DepartmentState Empty(DepartmentCode department) => new(
        department, 0, ImmutableDictionary<WhistleId, HeldSummons>.Empty, ImmutableDictionary<WhistleId, OverSummons>.Empty);

    /// <summary>The version of the whistle that the department last took note of; 0 for none.</summary>
    public long Heard(WhistleId whistle) =>
        Held.TryGetValue(whistle, out var held) ? held.Version : Over.TryGetValue(whistle, out var over) ? over.Version : 0;

    /// <summary>How many whistles want the department now.</summary>
    public DepartmentLoad Load
    {
        get
        {
            var owed = Held.Values.Where(held => held.Owes).ToList();
            return new DepartmentLoad(
                owed.Count,
                owed.Count(held => held.State == SummonsState.Summoned),
                owed.Count(held => held.State == SummonsState.Signed),
                owed.Count(held => held.State == SummonsState.Departed),
                owed.Count(held => held.State == SummonsState.CheckedIn),
                owed.Count(held => held.State == SummonsState.Reported),
                owed.Count(held => held.Overdue is not null || held.State == SummonsState.Returned),
                Held.Values.Sum(held => held.CommittedCrews),
                owed.Count(held => held.State == SummonsState.Returned),
                owed.Count(held => !held.Committed));
        }
    }
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
}
