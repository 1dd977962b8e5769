using Akka.Actor;
using Akka.Event;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Departments;
using WhistleActors.Actors.History;
using WhistleActors.Actors.Records;
using WhistleActors.Actors.Views;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Journal.Reading;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// The sure path: follows the journal in its order and merges the same states that the fast path publishes. What that lost, this
/// repairs. Starts from the last checkpoint, and leaves a new one from time to time.
/// </summary>
internal sealed class JournalFollower(ActorSystem system, Func<IJournalFeed> open, CityPack pack, LiveBoard board, CityRecord record, CityLoads loads, PrecedentBook precedents, TimeProvider clock) : IAsyncDisposable
{
    private const int EventsPerCheckpoint = 50_000;

    // A checkpoint costs as much as is open: so the more is open the rarer it comes, and an event costs the same however many are.
    private const int EventsPerOpenWhistle = 5;
    private const int PerPage = 2_000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // The fast path brings the news; this one only has to repair within the second.
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly ILoggingAdapter log = Logging.GetLogger(system, typeof(JournalFollower));
    private readonly BoardCheckpoints checkpoints = new(system, clock);
    private readonly CancellationTokenSource stopping = new();
    private readonly MinuteForecasts forecasts = new(loads, pack, board.Plans);

    // Nodes that follow the same journal do not all come to it at once: who is first spares the others the work.
    private readonly double patience = 1 + (Random.Shared.NextDouble() / 2);
    private Task following = Task.CompletedTask;
    private Task saving = Task.CompletedTask;
    private IJournalFeed? feed;
    private BoardFold fold = new(BoardState.Empty, pack.Calendar);
    private long checkpoint;

    /// <summary>Why the journal cannot be followed at the moment; null when it can.</summary>
    internal string? Trouble { get; private set; }

    internal void Start() => following = Task.Run(FollowAsync);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await following.ContinueWith(_ => { }, TaskScheduler.Default);
        await saving;
        if (fold.Offset > checkpoint)
            await SaveCheckpointAsync(fold.Offset - 1);
        stopping.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await RestoreAsync();
                feed ??= open();
                var begun = clock.GetUtcNow();
                var reading = await ReadToEndAsync(feed);
                ShowAll();
                ShowForecasts(begun);
                board.MarkCaughtUp();
                Trouble = null;
                while (true)
                {
                    board.Sure.Reached(reading);
                    await Task.WhenAny(Task.Delay(LookAgainAfter, stopping.Token), board.Sure.Asked);
                    begun = clock.GetUtcNow();
                    reading = await ReadToEndAsync(feed);
                    ShowForecasts(begun);
                }
            }
            catch (Exception cause) when (!stopping.IsCancellationRequested)
            {
                Trouble = cause.Message;
                log.Error(cause, "The journal cannot be followed beyond {0}; trying again", fold.Offset);
                await Task.Delay(RetryAfter, clock, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private async Task<long> ReadToEndAsync(IJournalFeed feed)
    {
        stopping.Token.ThrowIfCancellationRequested();
        var reading = board.Sure.Begin();
        while (await ReadAsync(feed) == PerPage)
            continue;
        return reading;
    }

    private async Task<int> ReadAsync(IJournalFeed feed)
    {
        var page = await feed.AfterAsync(fold.Offset, PerPage, stopping.Token);
        foreach (var stored in page)
            Take(stored);
        if (page.Count > 0 && board.CaughtUp.IsCompleted)
            ShowTotals();
        if (saving.IsCompleted && fold.Offset - checkpoint >= patience * Math.Max(EventsPerCheckpoint, EventsPerOpenWhistle * fold.OpenCount))
            saving = SaveCheckpointAsync(checkpoint);
        return page.Count;
    }

    private void Take(StoredEvent stored)
    {
        switch (stored.Event)
        {
            case GridEvent happened:
                Show(fold.Apply(stored.Ordering, happened), [happened]);
                break;
            case EventsAtOnce happened:
                Show(fold.Apply(stored.Ordering, happened), happened.Parts.AsSpan());
                break;
            case DepartmentEvent happened:
                var code = DepartmentActor.CodeOf(stored.PersistenceId);
                var department = fold.Apply(stored.Ordering, code, happened);
                loads.Take(department, happened.At);
                Show(department);
                break;
            case CrewEvent happened:
                Show(fold.Apply(stored.Ordering, DepartmentActor.CodeOf(stored.PersistenceId), happened));
                break;
            default:
                fold.Skip(stored.Ordering);
                break;
        }
    }

    private void Show(Whistle whistle, ReadOnlySpan<GridEvent> happened)
    {
        foreach (var part in happened)
        {
            record.Take(whistle, part);
            precedents.Take(whistle, part);
        }

        if (IsNews(board.VersionOf(whistle.Id), whistle.Version))
            board.Merge(new PublishedWhistle(whistle));
    }

    // A load and what is ordered of its crews come by themselves on the fast path: one may have been lost, and not the other.
    private void Show(DepartmentState department)
    {
        if (IsNews(board.VersionOf(department.Department), department.Version))
            board.Merge(department.ToView(pack));
        if (department.Crews is { } crews && board.CaughtUp.IsCompleted)
            board.Merge(new PublishedCrews(department.Department, department.Version, crews));
    }

    // While it reads what was before the start, only what the fast path has brought already is kept up to date: all else is shown once, as
    // it is at the end, and what has ended long ago never.
    private bool IsNews(long shown, long version) => shown < version && (shown > 0 || board.CaughtUp.IsCompleted);

    private void ShowAll()
    {
        foreach (var whistle in fold.Open.Where(whistle => board.VersionOf(whistle.Id) < whistle.Version))
            board.Merge(new PublishedWhistle(whistle));
        foreach (var department in fold.Departments)
        {
            if (board.VersionOf(department.Department) < department.Version)
                board.Merge(department.ToView(pack));
            if (department.Crews is { } crews)
                board.Merge(new PublishedCrews(department.Department, department.Version, crews));
        }

        ShowTotals();
    }

    private void ShowForecasts(DateTimeOffset begun)
    {
        foreach (var forecast in forecasts.After(begun))
            board.Merge(forecast);
    }

    private void ShowTotals()
    {
        if (fold.Totals.Version > 0)
            board.Merge(fold.Totals);
    }

    private async Task RestoreAsync()
    {
        if (fold.Offset > 0 || await checkpoints.LoadAsync(stopping.Token) is not { } state)
            return;
        fold = new BoardFold(state, pack.Calendar);
        record.Restore(state.Record!);
        loads.Restore(state.Loads!.Value);
        precedents.Restore(state.Precedents);
        checkpoint = state.Offset;
    }

    // What is kept is taken now, as it is after the last event; it is written while the reading goes on.
    private Task<long> SaveCheckpointAsync(long since)
    {
        var state = fold.ToState() with { Record = record.ToState(), Loads = loads.ToState(), Precedents = precedents.ToState() };
        return Task.Run(async () => checkpoint = await checkpoints.SaveAsync(state, since, hurry: stopping.Token));
    }
}
