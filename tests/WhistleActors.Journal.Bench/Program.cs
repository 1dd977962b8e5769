using WhistleActors.Journal.Bench;

await using var site = await Site.OpenAsync(Path.GetTempPath());
var database = Enum.Parse<Database>(args[0]);
foreach (var load in args.Skip(2).Select(a => a.Split(',').Select(int.Parse).ToArray()).Select(a => new Load(a[0], a[1], a[2])))
for (var i = 0; i < 4; i++)
{
        var cs = await site.FreshAsync(database);
        await using (var run = JournalRun.Start(Enum.Parse<Contender>(args[1]), database, cs))
        {
            var t0 = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
            var s = await run.ClosedLoopAsync(load, load.Actors == 1 ? 3000 : 150_000);
            var t = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime - t0;
            Console.WriteLine($"{load} {s.EventsPerSecond:F0}/s p50 {s.P50Milliseconds:F2} p99 {s.P99Milliseconds:F2} cpu {t.TotalSeconds:F2}");
        }
        await site.DropAsync(database, cs);
}
