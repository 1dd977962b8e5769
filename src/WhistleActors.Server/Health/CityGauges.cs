using System.Diagnostics.Metrics;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Hosting;
using WhistleActors.Actors.Operations;
using WhistleActors.Contract.Departments;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Alerts;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Hosting;
using WhistleActors.Server.Live;

namespace WhistleActors.Server.Health;

/// <summary>
/// What is so now, read when somebody asks. The first ones are of the whole city, as this node's board shows it: all nodes say the same, so a dashboard takes the
/// largest and never the sum. The others are of this node.
/// </summary>
internal sealed class CityGauges : IHostedService, IDisposable
{
    /// <summary>The name of the meter.</summary>
    internal const string Name = "WhistleActors.Now";

    /// <summary>Where a department of the whole city is counted.</summary>
    internal const string WholeCity = "city";

    // A deadline is recorded within a second, or after a take-over, which takes some seconds.
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(15);

    private readonly Meter meter = new(Name);
    private readonly LiveBoard board;
    private readonly CityPack pack;
    private readonly MailboxDepths mailboxes;

    public CityGauges(
        LiveBoard board,
        CityPack pack,
        NodeHealth health,
        MailboxDepths mailboxes,
        LiveScreens screens,
        ConsoleCount consoles,
        AttachmentSettings attachments,
        ServerSettings settings,
        TimeProvider clock)
    {
        (this.board, this.pack, this.mailboxes) = (board, pack, mailboxes);
        meter.CreateObservableGauge("whistle.open", Open, "{whistle}", "Open whistles, without exercises.");
        meter.CreateObservableGauge("whistle.summonses.open", () => OfLoads(load => load.Open), "{summons}", "Summonses that a department owes something for.");
        meter.CreateObservableGauge("whistle.summonses.overdue", () => OfLoads(load => load.Overdue), "{summons}", "Of those, the ones with a clock that ran out.");
        meter.CreateObservableGauge("whistle.summonses.uncrewed", () => OfLoads(load => load.Queue ?? 0), "{summons}", "Of those, the ones without a crew on the way or on the spot.");
        meter.CreateObservableGauge("whistle.alerts.unsigned", () => OfLoads(load => load.Summoned), "{alert}", "Summonses that nobody has signed.");
        meter.CreateObservableGauge("whistle.deadlines.late", () => board.CountDueBefore(clock.GetUtcNow() - LateAfter), "{whistle}", "Whistles of which a deadline passed 15 s ago and is not recorded.");
        meter.CreateObservableGauge("whistle.board.age", () => board.Sure.Age.TotalSeconds, "s", "How long ago the board had read the journal to its end.");
        meter.CreateObservableGauge("whistle.screens", () => screens.Count, "{connection}", "Connections of live screens.");
        meter.CreateObservableGauge("whistle.consoles", () => consoles.Now, "{subscription}", "Consoles that follow alerts.");
        meter.CreateObservableGauge("whistle.mailbox.deepest", () => OfActors(depth => depth.Deepest), "{message}", "Messages that wait for the one actor of its kind for which most wait.");
        meter.CreateObservableGauge("whistle.mailbox.waiting", () => OfActors(depth => depth.Waiting), "{message}", "Messages that wait for all actors of a kind.");
        meter.CreateObservableGauge("whistle.cluster.members", () => health.Members.Count, "{node}", "Nodes of the cluster that work, as this one sees it.");
        meter.CreateObservableGauge("whistle.cluster.unreachable", () => health.Unreachable, "{node}", "Nodes of the cluster that this one does not reach.");
        meter.CreateObservableGauge("whistle.disk.free", () => Free([("attachments", attachments.Folder), ("journal", settings.Storage.Folder)]), "By", "Room that is left where the node keeps files.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Open() => board.OpenCounts().Select(count => new Measurement<long>(
        count.Open,
        new("district", count.District.Text),
        new KeyValuePair<string, object?>("level", WireName<WhistleLevel>.Of(count.Level))));

    // A series for each district, and one for what serves the whole city: departments are hundreds.
    private IEnumerable<Measurement<long>> OfLoads(Func<LoadView, int> number) => board.Loads()
        .GroupBy(DistrictOf, number)
        .Select(district => new Measurement<long>(district.Sum(), new KeyValuePair<string, object?>("district", district.Key)));

    private IEnumerable<Measurement<int>> OfActors(Func<MailboxDepth, int> number) =>
        mailboxes.Now.Select(depth => new Measurement<int>(number(depth), new KeyValuePair<string, object?>("actor", depth.Actor)));

    private string DistrictOf(LoadView load) =>
        DepartmentCode.TryParse(load.Department, out var code) && pack.PartyOf(code)?.District is { } district ? district.Text : WholeCity;

    private static IEnumerable<Measurement<long>> Free(IEnumerable<(string Of, string? Folder)> folders) => folders
        .Where(entry => Directory.Exists(entry.Folder))
        .Select(entry => new Measurement<long>(new DriveInfo(Path.GetFullPath(entry.Folder!)).AvailableFreeSpace, new KeyValuePair<string, object?>("folder", entry.Of)));
}
