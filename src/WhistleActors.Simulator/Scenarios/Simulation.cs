using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Lives;
using WhistleActors.Simulator.Measures;
using WhistleActors.Simulator.Verification;

namespace WhistleActors.Simulator.Scenarios;

/// <summary>Runs a scenario against a live server: lives all its whistles, then verifies them.</summary>
internal sealed class Simulation(Stage stage, IScenario scenario, LiveBoardClient board, PushMeter push, Func<WhistleView, bool> adopts)
{
    /// <summary>An endless run keeps this many ended whistles unverified, so that what a later crash might lose is still noticed.</summary>
    private const int MostUnverified = 2_000;

    private static readonly TimeSpan StragglersMay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BoardMayLag = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StoppedWithin = TimeSpan.FromSeconds(20);

    private readonly LifeTracker lives = new(stage);
    private readonly Queue<WhistleRecord> ended = new();
    private readonly HashSet<WhistleRecord> queued = [];
    private readonly List<Finding> findings = [];
    private int verified;
    private int dropped;

    /// <summary>Lives that go on.</summary>
    public int Open => lives.Open;

    /// <summary>Whistles that were held against the server's record.</summary>
    public int Verified => Volatile.Read(ref verified);

    /// <summary>How many there are to verify, once that is known.</summary>
    public int ToVerify => dropped + stage.Records.Count;

    /// <summary>Whether the scenario is over and the verification has begun.</summary>
    public bool IsVerifying { get; private set; }

    /// <summary>How long the lives took, once they are over: the verification does not count.</summary>
    public TimeSpan? LivedFor { get; private set; }

    public Tally Tally => stage.Tally;

    public int? Expected => scenario.Expected;

    /// <summary>Runs until the scenario ends, or until told to stop.</summary>
    /// <returns>What should not be.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken stop)
    {
        var began = stage.Clock.GetTimestamp();
        using var abort = new CancellationTokenSource();
        await using var stopped = stop.Register(() => abort.CancelAfter(StragglersMay));
        var tokens = new LifeTokens(stop, abort.Token);
        try
        {
            if (scenario.IsEndless)
                await AdoptAsync(tokens);
            await foreach (var plan in scenario.WhistlesAsync(() => Open, stop))
            {
                lives.Begin(new WhistleLife(stage, plan.Number, tokens).RunAsync(plan));
                if (scenario.IsEndless)
                    await VerifyEndedAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop between two whistles.
        }
        catch (Exception failure) when (failure is RefusedException or UnreachableException)
        {
            // The scenario itself could not go on; what it has begun is still lived and verified.
            findings.Add(new Finding(failure is RefusedException ? FindingKind.Refused : FindingKind.Unreachable, "", failure.Message));
        }

        await lives.WhenOverAsync();
        LivedFor = stage.Clock.GetElapsedTime(began);
        IsVerifying = true;
        if (scenario.IsEndless)
            await VerifyStoppedAsync();
        else
            await VerifyEverythingAsync(new ServerRecord(stage.Cast.Observer()), CancellationToken.None);
        return [.. stage.Findings, .. findings];
    }

    private async Task VerifyEverythingAsync(IServerRecord server, CancellationToken cancel)
    {
        await VerifyAsync(stage.Records, server, cancel);
        await VerifyNothingUnknownAsync(cancel);
        await VerifyBoardAsync(cancel);
    }

    // Who stops an endless run may well have stopped the server with it: then there is nobody to ask, and that is no fault.
    private async Task VerifyStoppedAsync()
    {
        using var patience = new CancellationTokenSource(StoppedWithin);
        try
        {
            await VerifyEverythingAsync(new ServerRecord(stage.Cast.HurriedObserver(), patience.Cancel), patience.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or UnreachableException)
        {
            // What was verified until then counts.
        }
    }

    // An endless life goes on with what an earlier run has left open; nobody else would.
    private async Task AdoptAsync(LifeTokens tokens)
    {
        foreach (var whistle in await OpenWhistlesAsync(tokens.Stop))
        {
            if (adopts(whistle))
                lives.Begin(new WhistleLife(stage, StableNumber(whistle.Id), tokens).ContinueAsync(whistle));
        }
    }

    private async Task VerifyEndedAsync(CancellationToken cancel)
    {
        foreach (var record in stage.Records.Where(record => record.Newest is { Stage: not WhistleStage.Open } && queued.Add(record)))
            ended.Enqueue(record);
        while (ended.Count > MostUnverified && ended.TryDequeue(out var oldest))
        {
            queued.Remove(oldest);
            await VerifyAsync([oldest], new ServerRecord(stage.Cast.Observer()), cancel);
        }
    }

    private async Task VerifyAsync(ICollection<WhistleRecord> records, IServerRecord server, CancellationToken cancel)
    {
        var toVerify = records.ToList();
        var found = await new Verifier(server).VerifyAsync(toVerify, () => Interlocked.Increment(ref verified), cancel);
        findings.AddRange(found);
        if (IsVerifying)
            return;
        dropped += toVerify.Count;
        toVerify.ForEach(stage.Drop);
    }

    // A whistle of ours that no answer told us about was blown twice, or by a command that got no answer.
    private async Task VerifyNothingUnknownAsync(CancellationToken cancel)
    {
        try
        {
            var known = stage.Records.Select(record => record.Id).ToHashSet();
            var unknown = (await OpenWhistlesAsync(cancel)).Where(whistle => stage.Cast.IsOurs(whistle.BlownBy.Person) && !known.Contains(whistle.Id)).ToList();
            if (unknown.Count > stage.UnknownBlows)
                findings.AddRange(unknown.Select(whistle => new Finding(FindingKind.Doubled, whistle.Id, "blown, but never acknowledged")));
        }
        catch (Exception failure) when (failure is UnreachableException or RefusedException)
        {
            findings.Add(new Finding(FindingKind.Unreachable, "", failure.Message));
        }
    }

    private async Task VerifyBoardAsync(CancellationToken cancel)
    {
        var expected = stage.Records.Select(record => (record.Id, State: record.Newest)).Where(entry => entry.State is not null).ToList();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(BoardMayLag);
        try
        {
            await board.WaitForAsync(picture => expected.TrueForAll(entry => IsShown(picture, entry.State!)), patience.Token);
            while (push.Waiting > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            var picture = board.Picture;
            findings.AddRange(expected
                .Where(entry => picture is null || !IsShown(picture, entry.State!))
                .Select(entry => new Finding(FindingKind.NotShown, entry.Id, $"the live board does not show version {entry.State!.Version}")));
        }
    }

    private static bool IsShown(BoardPicture picture, WhistleView state) => state.Stage == WhistleStage.Open
        ? picture.Whistles.TryGetValue(state.Id, out var shown) && shown.Version >= state.Version
        : !picture.Whistles.ContainsKey(state.Id);

    private async Task<IReadOnlyList<WhistleView>> OpenWhistlesAsync(CancellationToken cancel)
    {
        var whistles = new List<WhistleView>();
        string? cursor = null;
        do
        {
            var page = await stage.Cast.Observer().OpenWhistlesAsync("city", limit: 200, cursor, cancel);
            whistles.AddRange(page.Whistles);
            cursor = page.Next;
        }
        while (cursor is not null);
        return whistles;
    }

    private static long StableNumber(string id) => id.Aggregate(17L, (hash, character) => unchecked((hash * 31) + character)) & long.MaxValue;
}
