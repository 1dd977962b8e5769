using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Boards;
using WhistleActors.Contract.Alerts;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Live;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Alerts;

/// <summary>
/// Tells a department's consoles what waits for it: all of it at first and after every reconnect, each new summons at once, until it is
/// signed; and those of a district's command what came up to it. The next frame is made when the one before has gone out, so a slow console
/// never makes the server grow.
/// </summary>
[Authorize]
public sealed class AlertHub(LiveBoard board, CityPack pack, Actors.City city, AccessBook access, ConsoleCount consoles, TimeProvider clock) : StreamHub(access, consoles, clock)
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
        return FramesAsync(
            AlertReader.Of(code, board, pack, Clock),
            news => new AlertFrame(code.Text, news.At, news.Reset, news.Complete, news.Unsigned, [.. news.Alerts.Select(told => told.Alert)], [.. news.Over.Select(key => key.Whistle.Text)]),
            OneMoreStream(MostStreams, "too-many-subscriptions"),
            cancelled);
    }

    /// <summary>Follows what came up to a district's command: <see cref="EscalationFrame"/>s, the first with all that waits.</summary>
    public IAsyncEnumerable<EscalationFrame> FollowEscalated(string district, CancellationToken cancelled)
    {
        var code = Commanded(district);
        return FramesAsync(
            AlertReader.Of(code, board, pack, Clock),
            news => new EscalationFrame(
                code.Text,
                news.At,
                news.Reset,
                news.Complete,
                news.Unsigned,
                [.. news.Alerts.Select(told => new EscalatedAlert(told.Key.Department.Text, told.Alert))],
                [.. news.Over.Select(key => new AlertName(key.Whistle.Text, key.Department.Text))]),
            OneMoreStream(MostStreams, "too-many-subscriptions"),
            cancelled);
    }

    /// <summary>Records that a console of the department displayed alerts.</summary>
    /// <param name="console">Names the console; the same after a reconnect.</param>
    /// <param name="whistles">What it displayed; at most as many as a frame brings.</param>
    public Task Shown(string department, string console, string[] whistles)
    {
        var code = Own(department);
        return RecordAsync(console, whistles is null ? null : [.. whistles.Select(whistle => (code, whistle))]);
    }

    /// <summary>Records that a console of the district's command displayed alerts.</summary>
    public Task EscalatedShown(string district, string console, AlertName[] alerts)
    {
        Commanded(district);
        if (alerts is not null && !Array.TrueForAll(alerts, alert => DepartmentCode.TryParse(alert?.Department, out var code) && pack.PartyOf(code) is not null))
            throw new HubException("unknown-department: each alert is named by its whistle and its department. 须逐项写明哨的编号及部门。");
        return RecordAsync(console, alerts is null ? null : [.. alerts.Select(alert => (DepartmentCode.Parse(alert.Department), alert.Whistle))]);
    }

    private async Task RecordAsync(string console, IReadOnlyList<(DepartmentCode Department, string? Whistle)>? shown)
    {
        if (!PersonId.TryParse(console, out _))
            throw new HubException("not-a-code: a console is named by 1 to 48 ASCII letters and digits, with - _ . inside. 控制台名称须为 1 至 48 个 ASCII 字母或数字。");
        if (shown is not { Count: <= MostShown } || !shown.All(alert => WhistleId.TryParse(alert.Whistle, out _)))
            throw new HubException($"not-whistles: expected at most {MostShown} ids of whistles. 须为至多 {MostShown} 个哨的编号。");
        foreach (var ofOne in shown.GroupBy(alert => alert.Department, alert => WhistleId.Parse(alert.Whistle)))
        {
            var answer = await city.GiveAlertOrderAsync(ofOne.Key, new AlertOrder(new ShowAlerts(console, [.. ofOne]), Context.User!.Officer()), Context.ConnectionAborted);
            if (answer is not { Stored: true, Refusal: null })
                throw new HubException($"{answer.Refusal?.Code ?? "not-stored"}: {answer.Refusal?.Detail.En} {answer.Refusal?.Detail.Zh}");
        }
    }

    private DepartmentCode Own(string? department)
    {
        CheckSignIn();
        return DepartmentCode.TryParse(department, out var code) && pack.PartyOf(code) is not null && Context.User!.Officer().Holds(Powers.Attend, code.Text)
            ? code
            : throw new HubException("not-your-department: only officers of the department follow its alerts. 仅本部门人员可以订阅本部门的提醒。");
    }

    private DistrictCode Commanded(string? district)
    {
        CheckSignIn();
        return DistrictCode.TryParse(district, out var code) && pack.Territory.Districts.ContainsKey(code) && Context.User!.Officer().Holds(Powers.Command, code.Text)
            ? code
            : throw new HubException("not-your-district: only officers of the district's command centre follow what came up to it. 仅该区指挥中心人员可以订阅上报至本区的提醒。");
    }

    private async IAsyncEnumerable<TFrame> FramesAsync<TFrame>(
        AlertReader reader, Func<AlertNews, TFrame> frame, IDisposable stream, [EnumeratorCancellation] CancellationToken cancelled)
    {
        using (stream)
        {
            await PrepareAsync(board.Sure.HoldsWhatIsStoredNowAsync, cancelled);
            var last = DateTimeOffset.MinValue;
            while (true)
            {
                // What others do under its whistles wakes this reader too; only what concerns it is worth a frame, and a sign of life: which a node
                // does not give while it is behind the journal, so that the console knows by the silence that it may miss something.
                var news = reader.Read();
                CheckSignIn();
                if (!news.IsEmpty || (board.Sure.IsSure && news.At - last >= Heartbeat))
                {
                    last = news.At;
                    var begun = Clock.GetTimestamp();
                    yield return frame(news);

                    // The next frame is asked for when this one has gone out.
                    if (Clock.GetElapsedTime(begun) > Endings.PatienceForScreen)
                        throw new HubException(Endings.TooSlow);
                }

                await reader.ChangedAsync(Heartbeat, cancelled);
            }
        }
    }
}
