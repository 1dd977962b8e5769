using System.Collections.Immutable;
using System.Runtime.InteropServices;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Patterns;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Actors.Records;

/// <summary>
/// What the city remembers of its whistles of the last year and a little more, by grid and matter: what patterns, rates and the measure of the
/// duty list are made from. Folded from the journal by one writer, read by many. Thread-safe.
/// </summary>
public sealed class CityRecord
{
    /// <summary>How far back it reaches: the past that patterns compare with, behind a window of up to half a year.</summary>
    public static readonly TimeSpan Memory = HotSpots.Past + TimeSpan.FromDays(26 * 7);

    // A cell with more whistles than this in that time needs no statistics to be noticed.
    private const int MostPerCell = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(GridCode Grid, MatterCode Matter), List<PastWhistle>> cells = [];
    private DateTimeOffset? since;

    /// <summary>When it begins; null while it is empty.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            lock (gate)
                return since;
        }
    }

    /// <summary>The whistles that it remembers of some grids.</summary>
    public IReadOnlyList<PastWhistle> Of(Func<GridCode, bool> grids)
    {
        lock (gate)
            return [.. cells.Where(cell => grids(cell.Key.Grid)).SelectMany(cell => cell.Value)];
    }

    /// <summary>Takes in an event and the whistle after it. An exercise is no whistle of the city's, nor is one that ended in another.</summary>
    internal void Take(Whistle whistle, GridEvent happened)
    {
        switch (happened)
        {
            case WhistleBlown or WhistleApproved { Summonses: not null } when !whistle.IsExercise:
                Add(new PastWhistle(whistle.Id, whistle.Matter, whistle.BlownAt, TookProposal: whistle.ChangedProposal is null));
                break;

            // It should never have been blown, or is counted with the one that it went into.
            case WhistleVoided or WhistleMerged:
                Remove(whistle.Id);
                break;
        }
    }

    internal CityRecordState ToState()
    {
        lock (gate)
        {
            return new CityRecordState(since, [.. cells.Select(cell => new RecordedCell(
                cell.Key.Grid,
                cell.Key.Matter,
                [.. cell.Value.Select(whistle => whistle.Id.Number)],
                [.. cell.Value.Select(whistle => whistle.At.ToUnixTimeSeconds())],
                [.. cell.Value.Select(whistle => whistle.TookProposal)]))]);
        }
    }

    internal void Restore(CityRecordState state)
    {
        lock (gate)
        {
            since = state.Since;
            cells.Clear();
            foreach (var cell in state.Cells)
            {
                cells[(cell.Grid, cell.Matter)] = [.. cell.Numbers.Select((number, i) => new PastWhistle(
                    new WhistleId(cell.Grid, number), cell.Matter, DateTimeOffset.FromUnixTimeSeconds(cell.Seconds[i]), cell.TookProposal[i]))];
            }
        }
    }

    private void Remove(WhistleId whistle)
    {
        lock (gate)
        {
            foreach (var cell in cells.Where(cell => cell.Key.Grid == whistle.Grid))
                cell.Value.RemoveAll(past => past.Id == whistle);
        }
    }

    private void Add(PastWhistle whistle)
    {
        lock (gate)
        {
            since ??= whistle.At;
            ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(cells, (whistle.Id.Grid, whistle.Matter), out _);
            cell ??= [];
            cell.RemoveAll(past => past.At < whistle.At - Memory);
            if (cell.Count == MostPerCell)
                cell.RemoveAt(0);
            cell.Add(whistle);
        }
    }
}

/// <summary>The record as it is kept with a checkpoint.</summary>
internal sealed record CityRecordState(DateTimeOffset? Since, ImmutableArray<RecordedCell> Cells);

/// <summary>The whistles of one matter in one grid: by position, their numbers, times (Unix seconds), and whether they took the proposal.</summary>
internal sealed record RecordedCell(
    GridCode Grid, MatterCode Matter, ImmutableArray<long> Numbers, ImmutableArray<long> Seconds, ImmutableArray<bool> TookProposal);
