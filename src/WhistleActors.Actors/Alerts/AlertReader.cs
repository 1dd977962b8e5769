using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using AlertCause = WhistleActors.Contract.Alerts.AlertCause;

namespace WhistleActors.Actors.Alerts;

/// <summary>
/// What one console is told: all that waits, and then what changes. A department's console hears of each of its summonses at once, that of a district's
/// command when the chain has come to it. It stands on the live board, whose two paths lose nothing, so a console hears of a summons when every
/// screen could. Used by one caller at a time.
/// </summary>
public sealed class AlertReader
{
    /// <summary>The most alerts in one frame.</summary>
    public const int MostPerFrame = 500;

    private readonly LiveBoard board;
    private readonly AlertBell.Chime chime;
    private readonly CityPack pack;
    private readonly TimeProvider clock;
    private readonly BoardScope scope;
    private readonly DepartmentCode? department;
    private readonly DistrictCode? district;
    private readonly Dictionary<AlertKey, AlertView> told = [];
    private readonly Queue<AlertKey> toTell = [];
    private readonly HashSet<AlertKey> queued = [];
    private readonly Queue<AlertKey> toTakeDown = [];

    // Whistles of which something is to be told later, if it is still so then.
    private readonly Dictionary<WhistleId, Whistle> later = [];
    private readonly PriorityQueue<WhistleId, DateTimeOffset> due = new();
    private int unsigned;
    private long position;
    private long heard;
    private bool reset = true;

    private AlertReader(LiveBoard board, CityPack pack, TimeProvider clock, DepartmentCode? department, DistrictCode? district)
    {
        (this.board, this.pack, this.clock, this.department, this.district) = (board, pack, clock, department, district);
        chime = board.Bell.For(department is { } called ? AlertBell.Of(called) : AlertBell.Of(district!.Value));
        scope = BoardScope.Parse(department is { } own ? $"department:{own}" : $"district:{district}")!;
    }

    /// <summary>For a console of a department.</summary>
    public static AlertReader Of(DepartmentCode department, LiveBoard board, CityPack pack, TimeProvider clock) =>
        new(board, pack, clock, department, null);

    /// <summary>For a console of a district's command: what the departments called in its district left unanswered.</summary>
    public static AlertReader Of(DistrictCode district, LiveBoard board, CityPack pack, TimeProvider clock) =>
        new(board, pack, clock, null, district);

    /// <summary>What is to be told next: everything at first, then what changed.</summary>
    public AlertNews Read()
    {
        var now = clock.GetUtcNow();

        // Taken before the board is read: what changes while it is being read rings once more.
        heard = chime.Strokes;
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
        while (due.TryPeek(out var id, out var at) && at <= now)
        {
            due.Dequeue();
            if (later.TryGetValue(id, out var whistle))
                Take(whistle, now);
        }

        return Next(now);
    }

    /// <summary>Completes when there is something new to read; at the latest when what was left unanswered is to be told.</summary>
    public async Task ChangedAsync(TimeSpan atMost, CancellationToken cancelled)
    {
        if (toTell.Count > 0 || toTakeDown.Count > 0)
            return;
        var wait = atMost;
        if (due.TryPeek(out _, out var at) && at - clock.GetUtcNow() is var left && left < wait)
            wait = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        await Task.WhenAny(chime.AfterAsync(heard), Task.Delay(wait, clock, over.Token));
        await over.CancelAsync();
        cancelled.ThrowIfCancellationRequested();
    }

    private void Restart()
    {
        told.Clear();
        unsigned = 0;
        toTell.Clear();
        queued.Clear();
        toTakeDown.Clear();
        later.Clear();
        due.Clear();
        reset = true;
    }

    private void Take(Whistle whistle, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var summons in whistle.Summonses)
        {
            if (department is { } own && summons.Department != own)
                continue;
            var key = new AlertKey(whistle.Id, summons.Department);
            if (DueAt(whistle, summons) is not { } at)
                TakeDown(key);
            else if (at <= now)
                Tell(key, whistle, summons);
            else
            {
                TakeDown(key);
                next = next < at ? next : at;
            }
        }

        if (next is not { } soonest)
        {
            later.Remove(whistle.Id);
            return;
        }

        later[whistle.Id] = whistle;
        due.Enqueue(whistle.Id, soonest);
    }

    private void Tell(AlertKey key, Whistle whistle, Summons summons)
    {
        var view = ToView(whistle, summons);

        // What others do under the whistle does not concern the console.
        if (told.TryGetValue(key, out var known) && known with { Version = view.Version } == view)
            return;
        told[key] = view;
        unsigned += IsUnsigned(view) - (known is null ? 0 : IsUnsigned(known));
        if (queued.Add(key))
            toTell.Enqueue(key);
    }

    private void TakeDown(AlertKey key)
    {
        if (!told.Remove(key, out var gone))
            return;
        unsigned -= IsUnsigned(gone);
        toTakeDown.Enqueue(key);
    }

    private static int IsUnsigned(AlertView view) => view.Cause == AlertCause.Unsigned ? 1 : 0;

    private AlertNews Next(DateTimeOffset now)
    {
        var (alerts, over) = (new List<(AlertKey, AlertView)>(), new List<AlertKey>());
        while (over.Count < MostPerFrame && toTakeDown.TryDequeue(out var gone))
            over.Add(gone);
        while (alerts.Count < MostPerFrame && toTell.TryDequeue(out var key))
        {
            // It may have been answered while it waited for its frame.
            queued.Remove(key);
            if (told.TryGetValue(key, out var view))
                alerts.Add((key, view));
        }

        var news = new AlertNews(
            now, reset, toTell.Count == 0 && toTakeDown.Count == 0, unsigned, alerts, over);
        reset = false;
        return news;
    }

    /// <summary>When a summons is to be told; null when it waits for nothing.</summary>
    private DateTimeOffset? DueAt(Whistle whistle, Summons summons)
    {
        // A board shows joint whistles in each of their districts; the chain of command ends in the one where it was blown.
        if (whistle.Stage != WhistleStage.Open || !summons.Owes || (district is { } commanded && whistle.District != commanded))
            return null;
        var forgotten = summons is { State: SummonsState.Signed } ? pack.Alerts.ChaseAfterFor(whistle.Level) : (TimeSpan?)null;
        if (forgotten is null && summons.State != SummonsState.Summoned)
            return null;
        if (district is not null)
            return SinceOf(whistle, summons) + (forgotten ?? TimeSpan.Zero) + pack.Alerts.WaitBefore(ChainRank.DistrictCommand, whistle.Level);

        // At once, whatever the clocks of the nodes say.
        return forgotten is null ? DateTimeOffset.MinValue : SinceOf(whistle, summons) + forgotten;
    }

    private static DateTimeOffset SinceOf(Whistle whistle, Summons summons) => summons.Signature?.At ?? whistle.AskedAt(summons);

    private static AlertView ToView(Whistle whistle, Summons summons) => new(
        whistle.Id.Text,
        whistle.Version,
        summons.Signature is null ? AlertCause.Unsigned : AlertCause.NotDeparted,
        SinceOf(whistle, summons),
        (Contract.Whistles.DutyRole)summons.Role,
        (Contract.Whistles.Level)whistle.Level,
        whistle.Id.Grid.Text,
        whistle.Subdistrict.Text,
        whistle.Matter.Text,
        whistle.Description,
        summons.SignBy,
        summons.CheckInBy,
        whistle.Round,
        whistle.IsExercise);
}

/// <summary>Names an alert: one department's summons under one whistle.</summary>
public readonly record struct AlertKey(WhistleId Whistle, DepartmentCode Department);

/// <summary>What a console is told at once.</summary>
/// <param name="Reset">What it holds is to be forgotten first.</param>
/// <param name="Complete">False while more follows at once.</param>
/// <param name="Unsigned">How many of all that it is told of wait for a signature.</param>
public sealed record AlertNews(
    DateTimeOffset At, bool Reset, bool Complete, int Unsigned, IReadOnlyList<(AlertKey Key, AlertView Alert)> Alerts, IReadOnlyList<AlertKey> Over)
{
    /// <summary>True when it says nothing but that somebody is there.</summary>
    public bool IsEmpty => !Reset && Alerts.Count == 0 && Over.Count == 0;
}
