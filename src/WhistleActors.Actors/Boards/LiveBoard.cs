using System.Runtime.InteropServices;
using System.Text.Json;
using WhistleActors.Actors.Crews;
using WhistleActors.Actors.Waking;
using WhistleActors.Contract;
using WhistleActors.Contract.Boards;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Boards;

/// <summary>
/// The live picture that a node shows: per entity its newest state. Each change gives the entity the next sequence number and moves it
/// to the end of one list; so "what changed after N" is the end of that list, a snapshot is the list from its start, and however slow a
/// reader is, each entity is in it once. Thread-safe.
/// </summary>
/// <remarks>
/// Merge rule: a version not newer than the one held is dropped. So what arrives twice, late or out of order, by whichever path, cannot
/// make the picture wrong.
/// </remarks>
public sealed class LiveBoard
{
    /// <summary>The most entities in one frame, which is mostly full before: a snapshot of a city comes in many.</summary>
    public const int MostPerFrame = 64;

    /// <summary>A frame ends when it has grown to this: it is the most that the server holds for a socket that does not take it.</summary>
    public const int FullFrame = 16 * 1024;

    /// <summary>How long a whistle that ended stays, so that every reader is told to take it down.</summary>
    public static readonly TimeSpan KeepEndedFor = TimeSpan.FromMinutes(10);

    // Far longer than any path by which an older state could still come.
    private static readonly TimeSpan RememberEndedFor = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly CityPack pack;
    private readonly Dictionary<string, Entity> byKey = [];
    private readonly LinkedList<Entity> byChange = [];

    // The same in the same order for each organisation that follows a part of it: a narrow board costs what is on it, however much the city has.
    private readonly Dictionary<BoardOwner, LinkedList<Entity>> byOwner = [];
    private readonly Agenda<WhistleId> deadlines = new();
    private readonly Queue<(DateTimeOffset At, string Key, long Sequence)> ended = [];
    private readonly Queue<(DateTimeOffset At, string Key)> over = [];
    private readonly Dictionary<string, (DateTimeOffset At, long Version)> overAt = [];
    private readonly SortedDictionary<string, LoadView> loads = new(StringComparer.Ordinal);
    private readonly Dictionary<DepartmentCode, PublishedCrews> crews = [];
    private readonly DistrictLoads districts;
    private readonly OpenTally open = new();
    private readonly HashSet<string> newLoads = [];
    private readonly TaskCompletionSource caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long head;
    private long forgotten;

    public LiveBoard(CityPack pack, TimeProvider clock)
    {
        (this.pack, this.clock) = (pack, clock);
        districts = new DistrictLoads(pack);
        Sure = new Sureness(clock);
        Epoch = Guid.NewGuid().ToString("N")[..12];
    }

    /// <summary>Names this run of this node's board.</summary>
    public string Epoch { get; }

    /// <summary>Completes once the board has read the journal up to where it was when the node started.</summary>
    public Task CaughtUp => caughtUp.Task;

    /// <summary>Whether it holds all that is in the journal.</summary>
    public Sureness Sure { get; }

    /// <summary>Wakes consoles.</summary>
    public AlertBell Bell { get; } = new();

    /// <summary>The newest sequence number.</summary>
    public long Head => Volatile.Read(ref head);

    internal void MarkCaughtUp() => caughtUp.TrySetResult();

    /// <summary>Takes in a whistle's state.</summary>
    internal void Merge(PublishedWhistle published)
    {
        var whistle = published.Whistle;
        lock (gate)
        {
            var before = byKey.GetValueOrDefault(whistle.Id.Text)?.Content as PublishedWhistle;
            if (Merge(whistle.Id.Text, whistle.Version, published) is not { } sequence)
                return;
            open.Replace(before?.Whistle, whistle);
            deadlines.Set(whistle.Id, published.NextDeadline);
            if (whistle.IsOver)
                ended.Enqueue((clock.GetUtcNow(), whistle.Id.Text, sequence));
        }

        Bell.Ring(whistle);
    }

    /// <summary>Takes in a department's load, and with it that of its district. Screens are told at the next beat: in a storm a load changes faster than anybody reads.</summary>
    internal void Merge(LoadView load)
    {
        lock (gate)
        {
            var older = loads.GetValueOrDefault(load.Department);
            if (older?.Version >= load.Version)
                return;
            loads[load.Department] = load;
            newLoads.Add(load.Department);
            districts.Replace(older, load);
        }
    }

    /// <summary>Takes in where the load of a department or a district tends to.</summary>
    internal void Merge(LoadForecastView forecast) => Merge($"forecast {forecast.Organisation}", forecast.Version, forecast);

    /// <summary>Takes in what is ordered of a department's crews.</summary>
    internal void Merge(PublishedCrews published)
    {
        lock (gate)
        {
            if (!crews.TryGetValue(published.Department, out var older) || older.Version < published.Version)
                crews[published.Department] = published;
        }
    }

    /// <summary>What is ordered of all crews.</summary>
    public CrewPlans Plans() => new(pack, department =>
    {
        lock (gate)
            return crews.GetValueOrDefault(department)?.Crews;
    });

    /// <summary>The departments whose crews the rule assigns by itself.</summary>
    internal IReadOnlyList<DepartmentCode> AutomaticDepartments()
    {
        lock (gate)
            return [.. crews.Values.Where(published => published.Crews.Automatic).Select(published => published.Department)];
    }

    /// <summary>Takes in the city's totals.</summary>
    internal void Merge(DayTotals totals) => Merge("city", totals.Version, new CityTotalsView(
        totals.Version, totals.Day, totals.Blown, totals.Closed, totals.Withdrawn, totals.CheckInsOnTime, totals.CheckInsLate, totals.Overdue));

    /// <summary>The version of the whistle that the board holds; 0 when it holds none.</summary>
    internal long VersionOf(WhistleId whistle)
    {
        lock (gate)
            return byKey.TryGetValue(whistle.Text, out var entity) ? entity.Version : 0;
    }

    /// <summary>The version of the department that the board holds; 0 when it holds none.</summary>
    internal long VersionOf(DepartmentCode department)
    {
        lock (gate)
            return loads.TryGetValue(department.Text, out var load) ? load.Version : 0;
    }

    /// <summary>How urgent a whistle is; null when the board holds none.</summary>
    internal WhistleLevel? LevelOf(WhistleId whistle)
    {
        lock (gate)
            return byKey.TryGetValue(whistle.Text, out var entity) && entity.Content is PublishedWhistle published ? published.Whistle.Level : null;
    }

    /// <summary>The whistles that a scope shows and that have not ended, in the order of their ids.</summary>
    public IReadOnlyList<PublishedWhistle> OpenWhistles(BoardScope scope) => Whistles(scope, whistle => whistle.Ending is null);

    /// <summary>The whistles that a scope shows and that were closed while a ledger entry runs on, in the order of their ids.</summary>
    public IReadOnlyList<PublishedWhistle> LedgeredWhistles(BoardScope scope) => Whistles(scope, whistle => whistle.AwaitsLedger);

    private IReadOnlyList<PublishedWhistle> Whistles(BoardScope scope, Func<Whistle, bool> fits)
    {
        lock (gate)
        {
            return [.. ChangedAfter(0, scope).Select(entity => entity.Content).OfType<PublishedWhistle>()
                .Where(published => fits(published.Whistle) && scope.Shows(published.Whistle))
                .OrderBy(published => published.Whistle.Id.Text, StringComparer.Ordinal)];
        }
    }

    /// <summary>The grids that have to be in memory: a whistle is open there, or a ledger entry of a closed one is not done.</summary>
    internal IReadOnlyList<GridCode> AwaitedGrids()
    {
        lock (gate)
        {
            return [.. byChange.Select(entity => entity.Content).OfType<PublishedWhistle>()
                .Where(published => !published.Whistle.IsOver)
                .Select(published => published.Whistle.Id.Grid)
                .Distinct()];
        }
    }

    /// <summary>The grids in which time should have done something before an instant, and it is not recorded.</summary>
    internal IReadOnlyList<GridCode> GridsDueBefore(DateTimeOffset instant)
    {
        lock (gate)
        {
            return [.. deadlines.Before(instant).Select(whistle => whistle.Grid).Distinct()];
        }
    }

    /// <summary>How many whistles are open, by district and level; exercises count nowhere.</summary>
    public IReadOnlyList<OpenCount> OpenCounts()
    {
        lock (gate)
            return open.All;
    }

    /// <summary>Of how many whistles time should have done something before an instant, and it is not recorded.</summary>
    public int CountDueBefore(DateTimeOffset instant)
    {
        lock (gate)
            return deadlines.Before(instant).Count();
    }

    /// <summary>The load of every department that ever was summoned.</summary>
    public IReadOnlyList<LoadView> Loads()
    {
        lock (gate)
            return [.. loads.Values];
    }

    /// <summary>The load of every district in which a department ever was summoned.</summary>
    public IReadOnlyList<DistrictLoadView> DistrictLoads()
    {
        lock (gate)
            return [.. districts.All.OrderBy(load => load.District, StringComparer.Ordinal)];
    }

    /// <summary>Forgets the ends that were told of long enough.</summary>
    /// <param name="showLoads">Whether screens are told of the loads that changed.</param>
    /// <returns>The newest sequence number.</returns>
    internal long Tidy(bool showLoads = true)
    {
        lock (gate)
        {
            Forget();
            if (showLoads)
                ShowLoads();
            return head;
        }
    }

    /// <summary>
    /// The whistles of a scope that changed after a sequence number, and how far that tells; null when of some that ended since nothing is known any more.
    /// </summary>
    internal IReadOnlyList<PublishedWhistle>? WhistlesChangedAfter(long sequence, BoardScope scope, out long to)
    {
        lock (gate)
        {
            Forget();
            to = head;
            if (sequence > 0 && sequence < forgotten)
                return null;
            var found = new List<PublishedWhistle>();
            foreach (var entity in ChangedAfter(sequence, scope))
            {
                if (entity.Content is PublishedWhistle published && scope.Shows(published.Whistle))
                    found.Add(published);
            }

            return found;
        }
    }

    /// <summary>The sequence of a position of this board; null when it is of another one, or none.</summary>
    internal long? SequenceOf(BoardPosition? position) => position?.Epoch == Epoch ? position.Sequence : null;

    /// <summary>
    /// Where a reader goes on: after its position, or with a snapshot when it has none that counts here.
    /// </summary>
    /// <param name="snapshotHead">
    /// The head when the reader's last snapshot began; -1 before there was one. A whistle that had ended by then was not open in any part of that
    /// snapshot: that its end is forgotten meanwhile is nothing to the reader, even in the middle of the snapshot.
    /// </param>
    /// <returns>The sequence to go on from; null for a snapshot.</returns>
    internal long? ResumeFrom(long? position, long snapshotHead)
    {
        var known = Volatile.Read(ref forgotten);
        return position < 0 || position > Head || (position < known && snapshotHead < known) ? null : position;
    }

    /// <summary>Writes what changed after a sequence up to another one, or the first part of a snapshot.</summary>
    /// <param name="after">Where the reader stands; null for a snapshot.</param>
    /// <param name="upTo">
    /// Up to where the frame speaks for. What has changed since is in it already, as it is now, and will be again: states are whole, so that
    /// harms nobody, and without it a frame made a moment later would lack what has just moved on.
    /// </param>
    /// <param name="sure">False when the board is behind the journal: then nothing is called complete.</param>
    /// <param name="saturated">Which gates of this node turn some away.</param>
    internal WrittenFrame Write(BoardScope scope, long? after, long upTo, bool sure, IReadOnlyList<string>? saturated = null)
    {
        var from = after ?? 0;
        var entities = new List<Entity>();
        lock (gate)
        {
            // Who holds nothing yet needs not be told what to take down. Who stands at 0 may hold something: what changed after the pulse was in its frame already.
            entities.AddRange(ChangedAfter(from, scope)
                .Where(entity => Shows(scope, entity.Content) && (after is not null || entity.Content is not PublishedWhistle { Whistle.Ending: not null }))
                .Take(MostPerFrame));
        }

        var full = entities.Count == MostPerFrame;
        var size = 0;
        for (var i = 0; i < entities.Count - 1; i++)
        {
            size += entities[i].Content is PublishedWhistle published ? published.Json.Length : 256;
            if (size < FullFrame)
                continue;
            entities.RemoveRange(i + 1, entities.Count - i - 1);
            full = true;
        }

        upTo = Math.Max(upTo, from);
        var to = full ? Math.Min(entities[^1].Sequence, upTo) : upTo;
        var bytes = Write(from, to, upTo, reset: after is null, complete: sure && to == upTo, entities.ConvertAll(entity => entity.Content), saturated ?? []);
        return new WrittenFrame(scope, bytes, to, AtHead: to == upTo, IsEmpty: entities.Count == 0);
    }

    private void ShowLoads()
    {
        foreach (var department in newLoads)
        {
            var load = loads[department];
            Merge($"department {department}", load.Version, load);
            if (districts.Of(load) is { } district)
                Merge($"district {district.District}", district.Version, district);
        }

        newLoads.Clear();
    }

    private long? Merge(string key, long version, object content)
    {
        lock (gate)
        {
            if (byKey.TryGetValue(key, out var older))
            {
                if (older.Version >= version)
                    return null;
                older.Leave();
            }
            else if (overAt.TryGetValue(key, out var known) && known.Version >= version)
            {
                return null;
            }

            head++;
            var entity = byKey[key] = new Entity(version, head, content);
            entity.Join(byChange);
            foreach (var owner in OwnersOf(content))
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(byOwner, owner, out _);
                entity.Join(list ??= []);
            }

            return head;
        }
    }

    // What a scope may show of what changed after a sequence, in the order of the changes.
    private IEnumerable<Entity> ChangedAfter(long sequence, BoardScope scope)
    {
        if (scope.Only is { } one)
        {
            if (byKey.TryGetValue(one.Text, out var only) && only.Sequence > sequence)
                yield return only;
            yield break;
        }

        var list = scope.Owner is { } owner ? byOwner.GetValueOrDefault(owner) : byChange;
        for (var node = FirstAfter(sequence, list); node is not null; node = node.Next)
            yield return node.Value;
    }

    // The newest first: whoever asks has mostly seen all but the last few.
    private static LinkedListNode<Entity>? FirstAfter(long sequence, LinkedList<Entity>? list)
    {
        if (sequence == 0)
            return list?.First;
        LinkedListNode<Entity>? first = null;
        for (var node = list?.Last; node is not null && node.Value.Sequence > sequence; node = node.Previous)
            first = node;
        return first;
    }

    // A department that serves the whole city is on the board of every district.
    private HashSet<BoardOwner> OwnersOf(object content) => content switch
    {
        PublishedWhistle published => BoardScope.OwnersOf(published.Whistle),
        LoadView load => OwnersOf(load.Department),
        DistrictLoadView load => [new BoardOwner('d', load.District)],
        LoadForecastView forecast => DistrictOf(forecast) is { } district ? [new BoardOwner('d', district.Text)] : OwnersOf(forecast.Organisation),
        _ => [],
    };

    private HashSet<BoardOwner> OwnersOf(string department) => DepartmentCode.TryParse(department, out var code) && pack.PartyOf(code)?.District is { } district
        ? [new BoardOwner('b', department), new BoardOwner('d', district.Text)]
        : [new BoardOwner('b', department), .. pack.Territory.Districts.Keys.Select(district => new BoardOwner('d', district.Text))];

    private DistrictCode? DistrictOf(LoadForecastView forecast) =>
        DistrictCode.TryParse(forecast.Organisation, out var code) && pack.Territory.Districts.ContainsKey(code) ? code : null;

    // Whoever has not yet been told of an end that is forgotten now gets a new snapshot, in which the whistle is missing. That it is over
    // stays known for longer: an older state that was held up somewhere must not bring it back.
    private void Forget()
    {
        var now = clock.GetUtcNow();
        while (ended.TryPeek(out var oldest) && oldest.At < now - KeepEndedFor)
        {
            ended.Dequeue();

            // It may have come back since, and even ended again: then that is another matter.
            if (!byKey.TryGetValue(oldest.Key, out var entity) || entity.Sequence != oldest.Sequence)
                continue;
            byKey.Remove(oldest.Key);
            entity.Leave();
            forgotten = Math.Max(forgotten, oldest.Sequence);
            over.Enqueue((oldest.At, oldest.Key));
            overAt[oldest.Key] = (oldest.At, entity.Version);
        }

        while (over.TryPeek(out var oldest) && oldest.At < now - RememberEndedFor)
        {
            over.Dequeue();
            if (overAt.TryGetValue(oldest.Key, out var known) && known.At == oldest.At)
                overAt.Remove(oldest.Key);
        }
    }

    private bool Shows(BoardScope scope, object content) => content switch
    {
        PublishedWhistle published => scope.Shows(published.Whistle),
        LoadView load => ShowsDepartment(scope, load.Department),
        DistrictLoadView load => DistrictCode.TryParse(load.District, out var code) && scope.Shows(code),
        LoadForecastView forecast => DistrictOf(forecast) is { } district ? scope.Shows(district) : ShowsDepartment(scope, forecast.Organisation),
        _ => scope == BoardScope.City,
    };

    private bool ShowsDepartment(BoardScope scope, string department) =>
        DepartmentCode.TryParse(department, out var code) && scope.Shows(code, pack.PartyOf(code)?.District);

    private ReadOnlyMemory<byte> Write(long from, long to, long at, bool reset, bool complete, List<object> entities, IReadOnlyList<string> saturated)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256 + (entities.Count * 1024));
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("epoch"u8, Epoch);
        json.WriteNumber("from"u8, from);
        json.WriteNumber("to"u8, to);
        json.WriteNumber("head"u8, at);
        json.WriteBoolean("reset"u8, reset);
        json.WriteBoolean("complete"u8, complete);
        json.WriteString("at"u8, clock.GetUtcNow());
        json.WriteStartArray("whistles"u8);
        foreach (var published in entities.OfType<PublishedWhistle>())
            json.WriteRawValue(published.Json, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteStartArray("departments"u8);
        foreach (var load in entities.OfType<LoadView>())
            JsonSerializer.Serialize(json, load, ContractJson.Types.LoadView);
        json.WriteEndArray();
        if (entities.Exists(entity => entity is DistrictLoadView))
        {
            json.WriteStartArray("districts"u8);
            foreach (var load in entities.OfType<DistrictLoadView>())
                JsonSerializer.Serialize(json, load, ContractJson.Types.DistrictLoadView);
            json.WriteEndArray();
        }

        if (entities.Exists(entity => entity is LoadForecastView))
        {
            json.WriteStartArray("forecasts"u8);
            foreach (var forecast in entities.OfType<LoadForecastView>())
                JsonSerializer.Serialize(json, forecast, ContractJson.Types.LoadForecastView);
            json.WriteEndArray();
        }

        if (entities.OfType<CityTotalsView>().FirstOrDefault() is { } totals)
        {
            json.WritePropertyName("city"u8);
            JsonSerializer.Serialize(json, totals, ContractJson.Types.CityTotalsView);
        }

        if (saturated.Count > 0)
        {
            json.WriteStartArray("saturated"u8);
            foreach (var gate in saturated)
                json.WriteStringValue(gate);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private sealed class Entity(long version, long sequence, object content)
    {
        private readonly List<LinkedListNode<Entity>> places = [];

        internal long Version => version;

        internal long Sequence => sequence;

        internal object Content => content;

        internal void Join(LinkedList<Entity> list) => places.Add(list.AddLast(this));

        internal void Leave()
        {
            foreach (var place in places)
                place.List!.Remove(place);
        }
    }
}
