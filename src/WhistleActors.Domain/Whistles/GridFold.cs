using System.Collections.Immutable;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Domain.Whistles;

/// <summary>What a grid and a whistle are after an event. Pure, total, and the only way in which they change.</summary>
public static class GridFold
{
    /// <summary>The grid after one more event.</summary>
    public static GridState Apply(GridState state, GridEvent happened)
    {
        var before = state.Whistles.GetValueOrDefault(happened.Whistle);
        var whistle = Apply(before, happened);
        var remembered = happened is WhistleBlown or WhistleProposed ? Forget(PutAway(state), happened.At) : state;
        return remembered with
        {
            Sequence = state.Sequence + 1,
            LastAt = happened.At > state.LastAt ? happened.At : state.LastAt,
            Whistles = remembered.Whistles.SetItem(whistle.Id, whistle),
            Ended = remembered.Ended.Remove(whistle.Id),
            Returns = before is { IsOver: false } || happened is WhistleBlown or WhistleProposed ? remembered.Returns : Note(remembered, whistle.Id),
            Commands = happened is { Key: { } key, By: { } by }
                ? remembered.Commands.SetItem(key.For(by), new RememberedCommand(key.Fingerprint, whistle.Id, whistle.Version, happened.At))
                : remembered.Commands,
            Past = BlowingFold.Remember(state.Past, whistle, happened),
        };
    }

    /// <summary>The grid after what was stored as one event, and is several.</summary>
    public static GridState Apply(GridState state, EventsAtOnce happened)
    {
        var first = Apply(state, happened.Parts[0]);
        var last = happened.Parts.Skip(1).Aggregate(first, Apply);
        var id = happened.Parts[0].Whistle;
        return last with { Sequence = first.Sequence, Whistles = last.Whistles.SetItem(id, last.Whistles[id] with { Version = first.Whistles[id].Version }) };
    }

    /// <summary>The whistle after what was stored as one event, and is several; null before its first.</summary>
    public static Whistle Apply(Whistle? whistle, EventsAtOnce happened)
    {
        var first = Apply(whistle, happened.Parts[0]);
        return happened.Parts.Skip(1).Aggregate(first, Apply) with { Version = first.Version };
    }

    /// <summary>A whistle as it was after each event that was stored of it.</summary>
    /// <param name="history">With their numbers in the grid's journal; what was stored as one has one number.</param>
    public static IEnumerable<Whistle> Replay(IEnumerable<(long Sequence, GridEvent Event)> history)
    {
        Whistle? state = null;
        foreach (var stored in history.GroupBy(entry => entry.Sequence, entry => entry.Event))
            yield return state = Apply(state, new EventsAtOnce([.. stored]));
    }

    /// <summary>The whistle after one more event; null before its first.</summary>
    public static Whistle Apply(Whistle? whistle, GridEvent happened)
    {
        if (happened is WhistleBlown blown)
            return Blown(blown);
        if (happened is WhistleProposed proposed)
            return BlowingFold.Proposed(Blown(proposed.Proposal), proposed);
        if (happened is WhistleReopened reopened)
            return RoundFold.Reopened(reopened) with { Version = reopened.Ended.Version + 1 };
        ArgumentNullException.ThrowIfNull(whistle);
        var by = happened.By;
        return (happened switch
        {
            DisputeRuled ruled => whistle with
            {
                Summonses = DisputeFold.Rule(ApplyToSummons(whistle.Summonses, ruled), ruled),
                Schedules = ruled.Schedules is { } more ? [.. whistle.Schedules ?? [], .. more] : whistle.Schedules,
            },
            SubstituteCalled called => whistle with
            {
                Summonses = Summon(whistle.Summonses, SummonsFold.Begin(called.Summoned) with { InPlaceOf = new Reassignment(called.At, called.Department) }),
                Schedules = called.Schedules is { } more ? [.. whistle.Schedules ?? [], .. more] : whistle.Schedules,
            },
            LedgerReturned returned => whistle with { Summonses = ApplyToSummons(whistle.Summonses, returned), Ending = null },
            SummonsEvent of => whistle with { Summonses = ApplyToSummons(whistle.Summonses, of) },
            PersonRecorded or MatterRecorded or ObjectRecorded or NoteAdded => whistle with { Dossier = DossierFold.Apply(whistle.Dossier, happened) },
            WhistleWithdrawn withdrawn => whistle with { Ending = new Ending(WhistleStage.Withdrawn, withdrawn.At, by!, withdrawn.Reason) },
            WhistleClosed closed => whistle with { Ending = new Ending(WhistleStage.Closed, closed.At, by!, closed.Note) },
            WhistleVoided voided => whistle with { Ending = new Ending(WhistleStage.Voided, voided.At, by!, voided.Reason) },
            WhistleBlownAgain again => RoundFold.Again(whistle, again),
            _ => ConsultationFold.Apply(whistle, happened)
                ?? BlowingFold.Apply(whistle, happened)
                ?? throw new ArgumentOutOfRangeException(nameof(happened), happened, "unknown event"),
        }) with { Version = whistle.Version + 1 };
    }

    private static Whistle Blown(WhistleBlown blown) => new(
        blown.Whistle,
        Version: 1,
        blown.Subdistrict,
        blown.District,
        blown.Matter,
        blown.Occasion,
        blown.Level,
        blown.Chain,
        blown.Round,
        blown.Description,
        blown.Place,
        blown.PackVersion,
        blown.ChangedProposal,
        blown.At,
        blown.By!,
        [.. blown.Summonses.Select(SummonsFold.Begin)],
        Ending: null,
        blown.Schedules,
        Blowing: BlowingFold.Begin(blown.As));

    private static ImmutableArray<Summons> ApplyToSummons(ImmutableArray<Summons> summonses, SummonsEvent happened)
    {
        for (var i = 0; i < summonses.Length; i++)
        {
            if (summonses[i].Department == happened.Department)
                return summonses.SetItem(i, SummonsFold.Apply(summonses[i], happened));
        }

        throw new InvalidOperationException($"{happened.Whistle} did not summon {happened.Department}.");
    }

    // Whoever was only told before is summoned in the same place.
    private static ImmutableArray<Summons> Summon(ImmutableArray<Summons> summonses, Summons summoned) =>
        summonses.FirstOrDefault(summons => summons.Department == summoned.Department) is { } told ? summonses.Replace(told, summoned) : summonses.Add(summoned);

    // Where the journal tells of it again after its end: whoever reads the whistle's history goes on there.
    private static ImmutableDictionary<WhistleId, ImmutableArray<long>> Note(GridState state, WhistleId whistle) =>
        (state.Returns ?? ImmutableDictionary<WhistleId, ImmutableArray<long>>.Empty).SetItem(whistle, state.ReturnsOf(whistle).Add(state.Sequence + 1));

    private static GridState PutAway(GridState state)
    {
        var ended = state.Whistles.Values.Where(whistle => whistle.IsOver).ToList();
        return ended.Count == 0 ? state : state with
        {
            Whistles = state.Whistles.RemoveRange(ended.Select(whistle => whistle.Id)),
            Ended = state.Ended.SetItems(ended.Select(whistle => KeyValuePair.Create(whistle.Id, new EndedWhistle(whistle.Stage, whistle.Ending!.At)))),
        };
    }

    // Now and then, so that the cost of a whistle does not grow with how many came before it that day.
    private static GridState Forget(GridState state, DateTimeOffset now)
    {
        if (now - state.ForgottenAt < GridState.ForgetEvery)
            return state;
        var horizon = now - GridState.Memory;
        return state with
        {
            ForgottenAt = now,
            Ended = state.Ended.RemoveRange(state.Ended.Where(ended => ended.Value.At < horizon).Select(ended => ended.Key)),
            Commands = state.Commands.RemoveRange(state.Commands.Where(command => command.Value.At < horizon).Select(command => command.Key)),
        };
    }
}
