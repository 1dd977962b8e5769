using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using AlertCause = WhistleActors.Contract.Alerts.AlertCause;

namespace WhistleActors.Actors.Alerts;

/// <summary>
/// What one console of a department is told: all that waits, and then what changes. It stands on the live board, whose two paths lose
/// nothing, so a console hears of a summons when every screen could. Used by one caller at a time.
/// </summary>
public sealed class AlertReader(LiveBoard board, BoardFrames frames, CityPack pack, DepartmentCode department, TimeProvider clock)
{
    /// <summary>The most alerts in one frame.</summary>
    public const int MostPerFrame = 500;

    private readonly BoardScope scope = BoardScope.Parse($"department:{department}")!;
    private readonly Dictionary<WhistleId, Whistle> waiting = [];
    private readonly Dictionary<WhistleId, AlertCause> told = [];
    private readonly Queue<AlertView> toTell = [];
    private readonly Queue<string> toTakeDown = [];
    private long position;
    private long pulse;
    private bool reset = true;

    /// <summary>The next frame: everything at first, then what changed.</summary>
    public AlertFrame Read()
    {
        var now = clock.GetUtcNow();

        // Taken before the board is read: what changes while it is being read is then told of by a later pulse.
        pulse = frames.Now.Number;
        if (board.WhistlesChangedAfter(position, scope, out var to) is { } changed)
        {
            foreach (var published in changed)
                Take(published.Whistle, now);
        }
        else
        {
            Restart();
            foreach (var published in board.WhistlesChangedAfter(0, scope, out to)!)
                Take(published.Whistle, now);
        }

        position = to;
        foreach (var forgotten in waiting.Values.Where(whistle => !told.ContainsKey(whistle.Id) && ChaseAt(whistle) <= now).ToList())
            Tell(forgotten, now);
        return Frame(now);
    }

    /// <summary>Completes when there is something new to read; at the latest when a signed summons has shown no departure for too long.</summary>
    public async Task ChangedAsync(TimeSpan atMost, CancellationToken cancelled)
    {
        if (toTell.Count > 0 || toTakeDown.Count > 0)
            return;
        var now = clock.GetUtcNow();
        var wait = atMost;
        foreach (var whistle in waiting.Values)
        {
            if (!told.ContainsKey(whistle.Id) && ChaseAt(whistle) is { } due && due - now < wait)
                wait = due > now ? due - now : TimeSpan.Zero;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        await Task.WhenAny(frames.AfterAsync(pulse, over.Token).AsTask(), Task.Delay(wait, clock, over.Token));
        await over.CancelAsync();
    }

    private void Restart()
    {
        waiting.Clear();
        told.Clear();
        toTell.Clear();
        toTakeDown.Clear();
        reset = true;
    }

    private void Take(Whistle whistle, DateTimeOffset now)
    {
        if (IsOver(whistle))
        {
            waiting.Remove(whistle.Id);
            if (told.Remove(whistle.Id))
                toTakeDown.Enqueue(whistle.Id.Text);
            return;
        }

        waiting[whistle.Id] = whistle;
        if (CauseOf(whistle, now) is { } cause)
        {
            // What others do under the whistle does not concern the console.
            if (!told.TryGetValue(whistle.Id, out var known) || known != cause)
                Tell(whistle, now);
        }
        else if (told.Remove(whistle.Id))
        {
            toTakeDown.Enqueue(whistle.Id.Text);
        }
    }

    private void Tell(Whistle whistle, DateTimeOffset now)
    {
        var (cause, summons) = (CauseOf(whistle, now)!.Value, whistle.SummonsOf(department)!);
        told[whistle.Id] = cause;
        toTell.Enqueue(new AlertView(
            whistle.Id.Text,
            whistle.Version,
            cause,
            cause == AlertCause.Unsigned ? whistle.BlownAt : summons.Signature!.At,
            (Contract.Whistles.DutyRole)summons.Role,
            (Contract.Whistles.Level)whistle.Level,
            whistle.Id.Grid.Text,
            whistle.Subdistrict.Text,
            whistle.Matter.Text,
            whistle.Description,
            summons.SignBy,
            summons.CheckInBy));
    }

    private AlertFrame Frame(DateTimeOffset now)
    {
        var (alerts, over) = (new List<AlertView>(), new List<string>());
        while (over.Count < MostPerFrame && toTakeDown.TryDequeue(out var id))
            over.Add(id);
        while (alerts.Count < MostPerFrame && toTell.TryDequeue(out var alert))
        {
            // It may have been answered while it waited for its frame.
            if (told.TryGetValue(WhistleId.Parse(alert.Whistle), out var cause) && cause == alert.Cause)
                alerts.Add(alert);
        }

        var frame = new AlertFrame(
            department.Text, now, reset, toTell.Count == 0 && toTakeDown.Count == 0, told.Values.Count(cause => cause == AlertCause.Unsigned), alerts, over);
        reset = false;
        return frame;
    }

    private bool IsOver(Whistle whistle) =>
        whistle.Stage != WhistleStage.Open || whistle.SummonsOf(department)!.State is not (SummonsState.Summoned or SummonsState.Signed);

    private AlertCause? CauseOf(Whistle whistle, DateTimeOffset now) =>
        whistle.SummonsOf(department)!.State == SummonsState.Summoned ? AlertCause.Unsigned
        : ChaseAt(whistle) <= now ? AlertCause.NotDeparted
        : null;

    private DateTimeOffset? ChaseAt(Whistle whistle) =>
        whistle.SummonsOf(department) is { Owes: true, Signature: { } signature, State: SummonsState.Signed } ? signature.At + pack.Alerts.ChaseAfterFor(whistle.Level) : null;
}
