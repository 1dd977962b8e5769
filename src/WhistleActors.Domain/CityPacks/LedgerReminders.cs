using System.Collections.Immutable;

namespace WhistleActors.Domain.CityPacks;

/// <summary>When a ledger entry reminds of its dates.</summary>
/// <param name="DaysBefore">So many days before each milestone and before the due day, at the opening of offices; 0 is the day itself.</param>
public sealed record LedgerReminders(ImmutableArray<int> DaysBefore)
{
    /// <summary>Three days before, so that there is time to act, and on the day.</summary>
    public static LedgerReminders Default { get; } = new([3, 0]);
}
