using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace WhistleActors.Bench;

/// <summary>The figures of the live boards: one server process, the screens in this one, both on the same cores.</summary>
internal sealed class LiveBench(TimeSpan time, int runs, int crowd) : IDisposable
{
    // Some of the 7,500 grids of the city have a whistle open; one whistle makes a frame of about a kilobyte.
    private const int Open = 1_000;
    private const int Few = 2_000;

    // As many changes as there are pulses: one in each frame.
    private const double Pulses = 20;

    // More than anybody can take: every pulse has news, and the board conflates.
    private const double Flood = 400;

    /// <summary>What may be measured alone.</summary>
    internal static readonly string[] Parts = ["idle", "share", "half", "stuck", "reconnect"];

    private readonly List<Measure> measures = [];
    private ServerProcess server = null!;
    private readonly HttpClient http = new();
    private string token = "";

    internal async Task<IReadOnlyList<Measure>> RunAsync(IReadOnlyCollection<string> parts)
    {
        var folder = Directory.CreateTempSubdirectory("whistle-bench-").FullName;
        try
        {
            await using var host = await ServerProcess.StartAsync(folder, run: [Path.Combine(AppContext.BaseDirectory, "WhistleActors.Bench.dll"), "live-host", "--open", Open.ToString(CultureInfo.InvariantCulture)]);
            server = host;
            using var lives = await Lives.PrepareAsync(host.Address);
            token = await lives.TokenAsync();
            (http.BaseAddress, http.Timeout) = (host.Address, TimeSpan.FromMinutes(5));
            await WarmAsync();
            if (parts.Contains("idle"))
                await IdleAsync();
            if (parts.Contains("share"))
                await ShareAsync();
            if (parts.Contains("half"))
                await HalfAsync(Figure("live.delivered_per_s") ?? (await RateAsync(Speech.Json, crowd, () => FeedAsync(Pulses, time))).Messages);
            if (parts.Contains("stuck"))
                await StuckAsync();
            if (parts.Contains("reconnect"))
                await ReconnectAsync();
            return measures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task WarmAsync()
    {
        Say("Warming up");
        foreach (var speech in Enum.GetValues<Speech>())
        {
            await using var screens = await ConnectAsync(200, speech);
            await (speech == Speech.Plain ? BroadcastAsync(TimeSpan.FromSeconds(5)) : FeedAsync(Pulses, TimeSpan.FromSeconds(5)));
        }
    }

    private async Task IdleAsync()
    {
        Say($"Memory of {crowd:#,0} idle clients");
        foreach (var speech in new[] { Speech.Json, Speech.MessagePack })
        {
            var before = await MemoryAsync();
            await using var screens = await ConnectAsync(crowd, speech);
            await Task.Delay(TimeSpan.FromSeconds(20));
            Add(speech == Speech.Json ? "live.bytes_per_idle_client" : "live.bytes_per_idle_client_messagepack", "bytes", (await MemoryAsync() - before) / (double)crowd);
        }
    }

    // As much as two cores carry: the live board against a plain broadcast of the same bytes, one change a message.
    private async Task ShareAsync()
    {
        var loads = new (string Name, Speech Speech, Func<Task> Run)[]
        {
            ("plain", Speech.Plain, () => BroadcastAsync(time)),
            ("one", Speech.Json, () => FeedAsync(Pulses, time)),
            ("one_messagepack", Speech.MessagePack, () => FeedAsync(Pulses, time)),
            ("all", Speech.Json, () => FeedAsync(Flood, time)),
            ("all_messagepack", Speech.MessagePack, () => FeedAsync(Flood, time)),
        };
        var rates = loads.ToDictionary(load => load.Name, _ => new List<Rate>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var load in loads)
                rates[load.Name].Add(await RateAsync(load.Speech, crowd, load.Run));
        }

        var plain = rates["plain"];
        measures.Add(Measure.Of("live.plain_broadcast_per_s", "changes/s", plain.Select(rate => rate.Messages)));
        measures.Add(Measure.Of("live.delivered_per_s", "frames/s", rates["one"].Select(rate => rate.Messages)));
        measures.Add(Measure.Of("live.delivered_changes_per_s", "changes/s", rates["all"].Select(rate => rate.Changes)));
        measures.Add(Measure.Of("live.share_of_plain_broadcast", "", rates["all"].Zip(plain, (rate, of) => rate.Changes / of.Messages)));
        measures.Add(Measure.Of("live.share_of_plain_broadcast_messagepack", "", rates["all_messagepack"].Zip(plain, (rate, of) => rate.Changes / of.Messages)));
        measures.Add(Measure.Of("live.share_of_plain_broadcast_one_by_one", "", rates["one"].Zip(plain, (rate, of) => rate.Messages / of.Messages)));
        measures.Add(Measure.Of("live.share_of_plain_broadcast_one_by_one_messagepack", "", rates["one_messagepack"].Zip(plain, (rate, of) => rate.Messages / of.Messages)));
        foreach (var (name, of) in rates)
            measures.Add(Measure.Of($"live.server_cpu_us_{name}", "us", of.Select(rate => rate.ServerMicroseconds)));
    }

    private async Task HalfAsync(double saturation)
    {
        foreach (var (count, suffix) in new[] { (Few, "_2000"), (crowd, "") })
        {
            var rate = Math.Min(Pulses, saturation / 2 / count);
            Say($"From stored to screen, {count:#,0} clients, {rate:0.0} changes/s: half of saturation");
            var (p50, p99) = (new List<double>(), new List<double>());
            await using var screens = await ConnectAsync(count, Speech.Json);

            // The snapshot holds what changed long ago.
            await Task.Delay(2_000);
            for (var run = 0; run < runs; run++)
            {
                screens.ForgetTimes();
                await FeedAsync(rate, time);
                await Task.Delay(500);
                p50.Add(Percentile.Of(screens.Milliseconds, 50));
                p99.Add(Percentile.Of(screens.Milliseconds, 99));
            }

            measures.Add(Measure.Of($"live.p50_ms_half{suffix}", "ms", p50));
            measures.Add(Measure.Of($"live.p99_ms_half{suffix}", "ms", p99));
        }
    }

    private async Task StuckAsync()
    {
        Say("1,000 clients of which 100 stop reading");
        foreach (var stuck in new[] { 0, 100 })
        {
            await using var screens = new LiveCrowd(server.Address, token, Speech.Json);
            var before = await MemoryAsync();
            await screens.ConnectAsync(1_000, null, 1, stuck);

            // The snapshot holds what changed long ago.
            await Task.Delay(2_000);
            screens.ForgetTimes();
            var feeding = FeedAsync(Flood, TimeSpan.FromSeconds(10));
            await Task.Delay(TimeSpan.FromSeconds(8));
            var grown = await MemoryAsync() - before;
            await feeding;
            Add($"live.p99_ms_with_{stuck}_of_1000_stuck", "ms", Percentile.Of(screens.Milliseconds, 99));
            Add($"live.megabytes_with_{stuck}_of_1000_stuck", "MB", grown / 1e6);
        }
    }

    private async Task ReconnectAsync()
    {
        var pages = int.Parse(await http.GetStringAsync(new Uri("/bench/snapshot", UriKind.Relative)), CultureInfo.InvariantCulture);
        var (resumed, anew) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            string position;
            await using (var one = await ConnectAsync(1, Speech.Json))
            {
                await FeedAsync(Pulses, TimeSpan.FromSeconds(1));
                position = one.LastPosition ?? throw new InvalidOperationException("No position was seen.");
            }

            await FeedAsync(Pulses, TimeSpan.FromSeconds(1));
            Say($"{crowd:#,0} clients come back at once, with their positions");
            resumed.Add(await TimeToConnectAsync(Speech.Json, position, 1));
            Say($"{crowd:#,0} clients come back at once, to a board of another epoch: each gets {pages} frames");
            anew.Add(await TimeToConnectAsync(Speech.MessagePack, null, pages));
        }

        measures.Add(Measure.Of("live.reconnect_10k_s", "s", resumed));
        measures.Add(Measure.Of("live.reconnect_10k_snapshot_s", "s", anew));
    }

    private async Task<double> TimeToConnectAsync(Speech speech, string? position, int messages)
    {
        var clock = Stopwatch.StartNew();
        await using var screens = new LiveCrowd(server.Address, token, speech);
        await screens.ConnectAsync(crowd, position, messages);
        return clock.Elapsed.TotalSeconds;
    }

    private async Task<Rate> RateAsync(Speech speech, int count, Func<Task> load)
    {
        Say($"{count:#,0} clients, {speech}, as fast as it goes");
        await using var screens = await ConnectAsync(count, speech);
        var (messages, changes, sampled, cpu) = (screens.Messages, screens.Changes, screens.SampledMessages, server.Cpu);
        var clock = Stopwatch.StartNew();
        await load();
        var seconds = clock.Elapsed.TotalSeconds;

        // Of those that are looked at, the number of changes in a message is known; all get the same.
        var perMessage = speech == Speech.Plain ? 1 : (screens.Changes - changes) / (double)Math.Max(1, screens.SampledMessages - sampled);
        var delivered = screens.Messages - messages;
        return new Rate(delivered / seconds, delivered / seconds * perMessage, (server.Cpu - cpu).TotalMicroseconds / delivered);
    }

    private async Task<LiveCrowd> ConnectAsync(int count, Speech speech)
    {
        var screens = new LiveCrowd(server.Address, token, speech);
        await screens.ConnectAsync(count, null, speech == Speech.Plain ? 0 : 1);
        await Task.Delay(500);
        return screens;
    }

    private async Task FeedAsync(double rate, TimeSpan duration) =>
        (await http.PostAsync(Query("/bench/feed", ("rate", rate), ("seconds", duration.TotalSeconds)), null)).EnsureSuccessStatusCode();

    private async Task BroadcastAsync(TimeSpan duration) =>
        (await http.PostAsync(Query("/bench/broadcast", ("seconds", duration.TotalSeconds)), null)).EnsureSuccessStatusCode();

    private async Task<double> MemoryAsync() => double.Parse(await http.GetStringAsync(new Uri("/bench/memory", UriKind.Relative)), CultureInfo.InvariantCulture);

    private double? Figure(string name) => measures.Find(measure => measure.Name == name)?.Value;

    private void Add(string name, string unit, double value) => measures.Add(Measure.Of(name, unit, value));

    private static Uri Query(string path, params (string Name, double Value)[] values) =>
        new($"{path}?{string.Join('&', values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Name}={value.Value}")))}", UriKind.Relative);

    private static void Say(string what) => AnsiConsole.MarkupLineInterpolated($"[grey]{what}[/]");

    private sealed record Rate(double Messages, double Changes, double ServerMicroseconds);
}
