using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using WhistleActors.Actors.Records;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// Keeps the folded journal in the snapshot store, in pages: written one after the other with pauses, so that a checkpoint of any size is neither
/// a block of memory nor a burst of work. It counts once its head is stored, which names its pages; until then the one before does.
/// </summary>
internal sealed class BoardCheckpoints(ActorSystem system, TimeProvider clock)
{
    private const string Head = "board";

    // Names the pages of one that is being written: what a crash leaves of it is found by the next.
    private const string Begun = "board-begun";
    private const int Attempts = 3;
    private const int PagesAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ILoggingAdapter log = Logging.GetLogger(system, typeof(BoardCheckpoints));

    /// <summary>The newest one; null when there is none that tells all that is needed. It only saves time: without it the journal is read from its start.</summary>
    internal async Task<BoardState?> LoadAsync(CancellationToken cancelled)
    {
        try
        {
            // A node that has just left a newer one takes the pages of the older away: then the newer is read.
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var head = await FindAsync(Head, long.MaxValue, cancelled);
                if (head?.Pages is not { } pages)
                    return head is { Record: not null, Loads: not null } ? head : null;
                if (await PagesAsync(pages, cancelled) is { } parts)
                    return Joined(head, parts);
            }
        }
        catch (CheckpointException cause)
        {
            log.Warning(cause, "The board's checkpoint cannot be read; reading the whole journal");
        }

        return null;
    }

    /// <summary>Keeps a state, unless another node has kept one since.</summary>
    /// <param name="since">The place in the journal's order after which another node's checkpoint spares this one.</param>
    /// <param name="hurry">Once cancelled, the pages are written without pauses.</param>
    /// <returns>The place in the journal's order up to which there is nothing more to keep now.</returns>
    internal async Task<long> SaveAsync(BoardState state, long since, CancellationToken hurry)
    {
        try
        {
            if (await FindAsync(Head, long.MaxValue, CancellationToken.None) is { } newest && newest.Offset > since)
                return newest.Offset;
            var parts = CheckpointParts.Of(state).ToList();
            var head = BoardState.Empty with { Offset = state.Offset, Totals = state.Totals, Pages = new CheckpointPages($"board-{Guid.NewGuid():N}", parts.Count) };
            await KeepAsync(Begun, state.Offset, BoardState.Empty with { Offset = state.Offset, Pages = head.Pages });
            for (var page = 0; page < parts.Count; page++)
            {
                await KeepAsync(head.Pages.Id, page + 1, parts[page]);
                await Task.Delay(Pause, hurry).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            await KeepAsync(Head, state.Offset, head);
            await ForgetOlderAsync(Head, state.Offset);
            await ForgetOlderAsync(Begun, state.Offset);
            await RemoveAsync(Begun, state.Offset);
        }
        catch (CheckpointException cause)
        {
            log.Warning(cause, "The board's checkpoint at {0} was not stored; the next start will read more of the journal", state.Offset);
        }

        return state.Offset;
    }

    private static BoardState Joined(BoardState head, IReadOnlyList<BoardState> parts) => head with
    {
        Open = [.. parts.SelectMany(part => part.Open)],
        Departments = [.. parts.SelectMany(part => part.Departments)],
        Record = new CityRecordState(
            parts.Select(part => part.Record?.Since).FirstOrDefault(since => since is not null),
            [.. parts.SelectMany(part => part.Record?.Cells ?? [])]),
        Loads = [.. parts.SelectMany(part => part.Loads ?? [])],
        Precedents = parts.Select(part => part.Precedents).FirstOrDefault(precedents => precedents is not null),
        Pages = null,
    };

    /// <returns>Null when one is missing.</returns>
    private async Task<IReadOnlyList<BoardState>?> PagesAsync(CheckpointPages pages, CancellationToken cancelled)
    {
        var parts = new List<BoardState>(pages.Count);
        foreach (var numbers in Enumerable.Range(1, pages.Count).Chunk(PagesAtOnce))
        {
            var found = await Task.WhenAll(numbers.Select(number => FindAsync(pages.Id, number, cancelled, from: number)));
            parts.AddRange(found.OfType<BoardState>());
        }

        return parts.Count == pages.Count ? parts : null;
    }

    private async Task ForgetOlderAsync(string id, long offset)
    {
        while (await FindAsync(id, offset - 1, CancellationToken.None) is { } older)
        {
            if (older.Pages is { } pages)
                await RemoveAsync(pages.Id, long.MaxValue);
            await RemoveAsync(id, older.Offset, from: older.Offset);
        }
    }

    private async Task<BoardState?> FindAsync(string id, long upTo, CancellationToken cancelled, long from = 0)
    {
        var wanted = new SnapshotSelectionCriteria(upTo, DateTime.MaxValue, from);
        return await AskAsync(new LoadSnapshot(id, wanted, long.MaxValue), cancelled) is LoadSnapshotResult { Snapshot.Snapshot: BoardState state } ? state : null;
    }

    private Task<object> KeepAsync(string id, long number, BoardState state) => AskAsync(new SaveSnapshot(new SnapshotMetadata(id, number, clock.GetUtcNow().UtcDateTime), state));

    private Task<object> RemoveAsync(string id, long upTo, long from = 0) => AskAsync(new DeleteSnapshots(id, new SnapshotSelectionCriteria(upTo, DateTime.MaxValue, from)));

    private async Task<object> AskAsync(object question, CancellationToken cancelled = default)
    {
        try
        {
            return await Persistence.Instance.Apply(system).SnapshotStoreFor(null).Ask<object>(question, Patience, cancelled) switch
            {
                LoadSnapshotFailed failed => throw new CheckpointException(failed.Cause),
                SaveSnapshotFailure failed => throw new CheckpointException(failed.Cause),
                DeleteSnapshotsFailure failed => throw new CheckpointException(failed.Cause),
                var answer => answer,
            };
        }
        catch (AskTimeoutException late)
        {
            throw new CheckpointException(late);
        }
    }

    private sealed class CheckpointException(Exception cause) : Exception(cause.Message, cause);
}
