using WhistleActors.Client;
using WhistleActors.Client.Boards;
using WhistleActors.Consistency.Histories;
using WhistleActors.Consistency.Verification;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Consistency.Screens;

/// <summary>
/// Follows the frames of one node's board as they come, without the client's own merging that would mend them: no frame may tell an older state of a whistle
/// or a department after a newer one, as long as it is the same run of the board; and no picture that is called complete may be older than one before, ever.
/// </summary>
internal sealed class Onlooker : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

    // A frozen node's last frames come when it goes on.
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(90);

    private readonly string node;
    private readonly History history;
    private readonly HubFrameSource source;
    private readonly CancellationTokenSource ending = new();
    private readonly Dictionary<string, long> shown = [];
    private readonly Dictionary<string, long> told = [];
    private readonly Task following;
    private string epoch = "";

    internal Onlooker(string node, WhistleClient client, History history)
    {
        (this.node, this.history) = (node, history);
        source = new HubFrameSource(client, new LiveBoardOptions());
        following = FollowAsync();
    }

    /// <summary>How many frames came.</summary>
    internal int Frames { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task FollowAsync()
    {
        await Task.Yield();
        while (!ending.IsCancellationRequested)
        {
            try
            {
                using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
                quiet.CancelAfter(Silence);
                await foreach (var frame in source.FollowAsync("city", null, quiet.Token))
                {
                    Look(frame);
                    quiet.CancelAfter(Silence);
                }
            }
            catch (Exception) when (!ending.IsCancellationRequested)
            {
                // Its node is down, or cut off: it comes back, as a screen does.
            }

            await Task.Delay(Pause, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Look(BoardFrame frame)
    {
        Frames++;
        var ahead = frame.At - TimeProvider.System.GetUtcNow();
        if (ahead > ClockCheck.Ahead || ahead < -Oldest)
            history.Saw(new Violation("board-age", $"node {node} told a frame as of {ahead.TotalSeconds:+0;-0} s from now"));
        if (frame.Epoch != epoch)
        {
            epoch = frame.Epoch;
            told.Clear();
        }

        foreach (var (what, version) in frame.Whistles.Select(whistle => (whistle.Id, whistle.Version)).Concat(frame.Departments.Select(load => ($"department {load.Department}", load.Version))))
        {
            if (told.TryGetValue(what, out var before) && version < before)
                history.Saw(new Violation("screen-went-back", $"node {node} told version {version} of {what} after {before}"));
            told[what] = version;
        }

        if (!frame.Complete)
            return;
        foreach (var (what, version) in told)
        {
            if (shown.TryGetValue(what, out var before) && version < before)
                history.Saw(new Violation("screen-went-back", $"node {node} showed version {version} of {what} after {before}, in another run"));
            shown[what] = version;
        }
    }
}
