using System.Collections.Immutable;

namespace WhistleActors.Actors.Boards;

/// <summary>Divides a checkpoint into parts that add up, each small enough to be a short write and no large object in memory.</summary>
internal static class CheckpointParts
{
    // Bytes as they are stored, roughly; below the 85,000 from which memory treats an array as large.
    private const int FullPart = 48_000;

    internal static IEnumerable<BoardState> Of(BoardState state)
    {
        foreach (var open in Parts(state.Open, whistle => 700 + (900 * whistle.Summonses.Length)))
            yield return BoardState.Empty with { Open = open };
        foreach (var departments in Parts(state.Departments, department => 500 + (700 * department.Held.Count)))
            yield return BoardState.Empty with { Departments = departments };
        if (state.Record is { } record)
        {
            yield return BoardState.Empty with { Record = record with { Cells = [] }, Precedents = state.Precedents };
            foreach (var cells in Parts(record.Cells, cell => 100 + (25 * cell.Numbers.Length)))
                yield return BoardState.Empty with { Record = record with { Cells = cells } };
        }

        foreach (var loads in Parts(state.Loads ?? [], department => 100 + (40 * department.Points.Length)))
            yield return BoardState.Empty with { Loads = loads };
    }

    private static IEnumerable<ImmutableArray<T>> Parts<T>(ImmutableArray<T> all, Func<T, int> bytes)
    {
        var (from, size) = (0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            size += bytes(all[i]);
            if (size < FullPart && i < all.Length - 1)
                continue;
            yield return all[from..(i + 1)];
            (from, size) = (i + 1, 0);
        }
    }
}
