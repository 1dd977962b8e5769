using System.Collections.Immutable;
using WhistleActors.Actors.Records;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// The whole journal, folded into what is open now. Kept as a checkpoint from time to time, so that a node's start does not grow with
/// the city's age. Any node may continue from the checkpoint of another.
/// </summary>
/// <param name="Offset">The place in the journal's order up to which it is folded.</param>
/// <param name="Record">What the city remembers; null, like the next, in checkpoints of before there was a record.</param>
/// <param name="Loads">The departments' loads of the last day.</param>
/// <param name="Precedents">The newest rulings; null when there is none, as before there could be any.</param>
/// <param name="Pages">Where the rest of it is kept, in parts that add up; null in a part, and in checkpoints of before there were any.</param>
internal sealed record BoardState(
    long Offset,
    ImmutableArray<Whistle> Open,
    ImmutableArray<DepartmentState> Departments,
    DayTotals Totals,
    CityRecordState? Record = null,
    ImmutableArray<RecordedLoads>? Loads = null,
    ImmutableArray<Precedent>? Precedents = null,
    CheckpointPages? Pages = null)
{
    internal static BoardState Empty { get; } = new(0, [], [], new DayTotals(0, DateOnly.MinValue, 0, 0, 0, 0, 0, 0));
}

/// <summary>What happened in the city on one of its calendar days.</summary>
/// <param name="Version">Counts every event of the journal, so it only grows.</param>
internal sealed record DayTotals(
    long Version, DateOnly Day, int Blown, int Closed, int Withdrawn, int CheckInsOnTime, int CheckInsLate, int Overdue);

/// <summary>The parts of a checkpoint: snapshots 1 to <paramref name="Count"/> under an id of their own.</summary>
internal sealed record CheckpointPages(string Id, int Count);
