using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Alerts;

/// <summary>
/// Tells a department's consoles what waits for it: all of it at first and after every reconnect, each new summons at once, until it is
/// signed. The next frame is made when the one before has gone out, so a slow console never makes the server grow.
/// </summary>
[Authorize]
public sealed class AlertHub(LiveBoard board, BoardFrames frames, CityPack pack, Actors.City city, TimeProvider clock) : Hub
{
    /// <summary>Subscriptions that one connection may have at once: a console shows one department.</summary>
    internal const int MostStreams = 2;

    // Longer than any console holds between two displays.
    private const int MostShown = AlertReader.MostPerFrame;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);

    /// <summary>Follows a department's alerts: <see cref="AlertFrame"/>s, the first with all that waits.</summary>
    public IAsyncEnumerable<AlertFrame> Follow(string department, CancellationToken cancelled)
    {
        var code = Own(department);
        var streams = (StreamCount)(Context.Items[nameof(StreamCount)] ??= new StreamCount());
        if (Interlocked.Increment(ref streams.Count) > MostStreams)
        {
            Interlocked.Decrement(ref streams.Count);
            throw new HubException($"too-many-subscriptions: one connection follows at most {MostStreams}. 每个连接最多订阅 {MostStreams} 个。");
        }

        return FramesAsync(code, streams, cancelled);
    }

    /// <summary>Records that a console displayed alerts.</summary>
    /// <param name="console">Names the console; the same after a reconnect.</param>
    /// <param name="whistles">What it displayed; at most as many as a frame brings.</param>
    public async Task Shown(string department, string console, string[] whistles)
    {
        var code = Own(department);
        if (!PersonId.TryParse(console, out _))
            throw new HubException("not-a-code: a console is named by 1 to 48 ASCII letters and digits, with - _ . inside. 控制台名称须为 1 至 48 个 ASCII 字母或数字。");
        if (whistles is not { Length: <= MostShown } || !Array.TrueForAll(whistles, id => WhistleId.TryParse(id, out _)))
            throw new HubException($"not-whistles: expected at most {MostShown} ids of whistles. 须为至多 {MostShown} 个哨的编号。");
        var answer = await city.GiveAlertOrderAsync(
            code, new AlertOrder(new ShowAlerts(console, [.. whistles.Select(WhistleId.Parse)]), Context.User!.Officer()), Context.ConnectionAborted);
        if (answer is not { Stored: true, Refusal: null })
            throw new HubException($"{answer.Refusal?.Code ?? "not-stored"}: {answer.Refusal?.Detail.En} {answer.Refusal?.Detail.Zh}");
    }

    private DepartmentCode Own(string? department) =>
        DepartmentCode.TryParse(department, out var code) && pack.Departments.ContainsKey(code) && Context.User!.Officer().Holds(Powers.Attend, code.Text)
            ? code
            : throw new HubException("not-your-department: only officers of the department follow its alerts. 仅本部门人员可以订阅本部门的提醒。");

    private async IAsyncEnumerable<AlertFrame> FramesAsync(DepartmentCode department, StreamCount streams, [EnumeratorCancellation] CancellationToken cancelled)
    {
        try
        {
            await board.CaughtUp.WaitAsync(cancelled);
            var reader = new AlertReader(board, frames, pack, department, clock);
            var last = DateTimeOffset.MinValue;
            while (!cancelled.IsCancellationRequested)
            {
                // What others do in the city wakes this reader too; only what concerns the department is worth a frame, and a sign of life.
                var frame = reader.Read();
                if (frame.Reset || frame.Alerts.Count > 0 || frame.Over.Count > 0 || frame.At - last >= Heartbeat)
                {
                    last = frame.At;
                    yield return frame;
                }

                await reader.ChangedAsync(Heartbeat, cancelled);
            }
        }
        finally
        {
            Interlocked.Decrement(ref streams.Count);
        }
    }

    private sealed class StreamCount
    {
        internal int Count;
    }
}
