using System.Collections.Immutable;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Departments;

/// <summary>How a department follows its summonses. News may come twice, late or out of order, and takes effect once. Pure.</summary>
public static class DepartmentRules
{
    /// <summary>What hearing of a summons changes; null when it is no news.</summary>
    public static DepartmentEvent? Hear(DepartmentState state, WhistleId whistle, HeldSummons summons, DateTimeOffset now) =>
        summons.Version <= state.Heard(whistle) ? null
        : summons is { Owes: false, Committed: false } ? Over(state, whistle, summons, now)
        : state.Held.TryGetValue(whistle, out var held) && IsSame(held, summons) ? null
        : new SummonsHeld(whistle, now, summons);

    // It is over once a round and turn: what else happens to the whistle does not concern the department, and a notified one heard all at the first
    // news. Over in a later round is news all the same: else a late word of how it came back in that round would count.
    // When it was summoned since in another's place, what it heard of that must not come after the end of it; and a settled one may come back,
    // when its ledger entry is not done in time: what is heard of it must then outlast older news of that.
    private static SummonsOver? Over(DepartmentState state, WhistleId whistle, HeldSummons summons, DateTimeOffset now) =>
        !state.Held.ContainsKey(whistle) && state.Over.TryGetValue(whistle, out var over)
            && over.Round == summons.Round && over.Turn == summons.Turn && summons.State != SummonsState.Settled
            ? null
            : new SummonsOver(whistle, now, summons.Version, summons.Round, summons.Turn);

    // A newer version that tells nothing new need not be stored, unless what it tells can come, go and come again: a veto turns a report
    // back into a check-in, and then the report that arrives late must find that something newer is known.
    private static bool IsSame(HeldSummons held, HeldSummons summons) =>
        held.State is not (SummonsState.CheckedIn or SummonsState.Reported) && held with { Version = summons.Version } == summons;

    /// <summary>The department after one more event.</summary>
    public static DepartmentState Apply(DepartmentState state, DepartmentEvent happened) => happened switch
    {
        SummonsHeld held => state.With(held.Whistle, held.Summons) with { Version = state.Version + 1, Crews = state.Crews?.Hear(held) },
        SummonsOver over => state.With(over.Whistle, null) with
        {
            Version = state.Version + 1,
            Crews = state.Crews?.Hear(over),
            Over = Forget(state.Over, over.At).SetItem(over.Whistle, new OverSummons(over.Version, over.At, over.Round, over.Turn)),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
    };

    /// <summary>The department after an order about its crews.</summary>
    public static DepartmentState Apply(DepartmentState state, CrewEvent happened) =>
        state with { Version = state.Version + 1, Crews = (state.Crews ?? DepartmentCrews.None).Apply(happened) };

    // Amortised: looks through all only when there are many, and then drops what is old.
    private static ImmutableDictionary<WhistleId, OverSummons> Forget(ImmutableDictionary<WhistleId, OverSummons> over, DateTimeOffset now) =>
        over.Count % 256 != 255 ? over : over.RemoveRange(over.Where(entry => entry.Value.At < now - DepartmentState.Memory).Select(entry => entry.Key));
}
