using WhistleActors.Consistency.Nodes;
using WhistleActors.Testing;

namespace WhistleActors.Consistency.Faults;

/// <summary>Everything that is done to a cluster.</summary>
internal static class AllFaults
{
    private const double Half = 15;
    private const double Long = 30;
    private static readonly TimeSpan ServesIn = TimeSpan.FromSeconds(60);

    internal static IReadOnlyList<Fault> List { get; } =
    [
        // Processes.
        new("kill-one", true, strike => KillAsync(strike, strike[0])),
        new("kill-oldest", true, strike => KillAsync(strike, strike.Oldest)),
        new("kill-hottest", true, async strike => await KillAsync(strike, await strike.HottestAsync())),
        new("kill-two", false, strike => KillAsync(strike, strike[0], strike[1])),
        new("kill-all", false, strike => KillAsync(strike, strike[0], strike[1], strike[2])),
        new("freeze-one", true, strike => FreezeAsync(strike, strike[0])),
        new("freeze-oldest", true, strike => FreezeAsync(strike, strike.Oldest)),

        new("rolling-restart", false, RestartAllAsync),
        new("clock-ahead", true, strike => SkewAsync(strike, 1), Means.WrongClock),
        new("clock-behind", true, strike => SkewAsync(strike, -1), Means.WrongClock),

        // Wires between nodes.
        new("isolate-one", true, strike => CutAsync(strike, (strike[0], strike[1]), (strike[1], strike[0]), (strike[0], strike[2]), (strike[2], strike[0]))),
        new("isolate-all", false, strike => CutAsync(strike, (strike[0], strike[1]), (strike[1], strike[0]), (strike[0], strike[2]), (strike[2], strike[0]), (strike[1], strike[2]), (strike[2], strike[1]))),
        new("cut-one-pair", false, strike => CutAsync(strike, (strike[0], strike[1]), (strike[1], strike[0]))),
        new("cut-one-way", false, strike => CutAsync(strike, (strike[0], strike[1]))),
        new("deaf-one", false, strike => CutAsync(strike, (strike[1], strike[0]), (strike[2], strike[0]))),
        new("slow-wires", false, strike => WearAsync(strike, TimeSpan.FromMilliseconds(200), 0)),
        new("lossy-wires", false, strike => WearAsync(strike, TimeSpan.Zero, 0.05)),

        // The database, and the way to it.
        new("database-restart", false, strike => StopDatabaseAsync(strike, postgres => postgres.StopAsync())),
        new("database-crash", false, strike => StopDatabaseAsync(strike, postgres => postgres.CrashAsync())),
        new("database-kill", false, strike => StopDatabaseAsync(strike, KillDatabaseAsync)),
        new("database-slow", false, SlowDatabaseAsync),
        new("database-cut", false, CutDatabaseAsync),
        new("database-fail-over", false, FailOverAsync, Means.Standby),
        new("database-full", false, FillDatabaseAsync, Means.SmallDisk),
        new("kill-two-and-database", false, KillBothAsync),
    ];

    private static async Task KillAsync(Strike strike, params ServerNode[] nodes)
    {
        var down = strike.Down();
        foreach (var node in nodes)
            node.Kill(down);
        await Task.Delay(down, strike.Cancel);
    }

    private static async Task FreezeAsync(Strike strike, ServerNode node)
    {
        node.Freeze();
        try
        {
            await strike.LastAsync(Long);
        }
        finally
        {
            node.Thaw();
        }
    }

    // As an administrator does it: the next one leaves when the one before serves again.
    private static async Task RestartAllAsync(Strike strike)
    {
        for (var number = 0; number < strike.Cluster.Nodes.Count; number++)
        {
            await strike[number].LeaveAsync(strike.Cancel);
            var began = TimeProvider.System.GetTimestamp();
            while (!await strike[number].IsReadyAsync(strike.Cancel) && TimeProvider.System.GetElapsedTime(began) < ServesIn)
                await Task.Delay(200, strike.Cancel);
        }
    }

    // A node comes back with a clock that is minutes wrong, and in the end with a right one.
    private static async Task SkewAsync(Strike strike, int sign)
    {
        var node = strike[0];
        node.ClockAhead = sign * TimeSpan.FromSeconds(strike.Chance.Next(120, 600));
        strike.Say($"   node {node.Name} by {node.ClockAhead.TotalSeconds:+0;-0} s");
        node.Kill(TimeSpan.Zero);
        await strike.LastAsync(Long * 1.5);
        node.ClockAhead = TimeSpan.Zero;
        node.Kill(TimeSpan.Zero);
    }

    private static async Task CutAsync(Strike strike, params (ServerNode From, ServerNode To)[] ways)
    {
        foreach (var (from, to) in ways)
            strike.Wires[from.Name, to.Name].Cut();
        await strike.LastAsync(Long);
        strike.Wires.HealAll();
    }

    private static async Task WearAsync(Strike strike, TimeSpan delay, double loss)
    {
        foreach (var from in strike.Cluster.Nodes)
        {
            foreach (var to in strike.Cluster.Nodes)
                (strike.Wires[from.Name, to.Name].Delay, strike.Wires[from.Name, to.Name].Loss) = (delay, loss);
        }

        await strike.LastAsync(Long);
        strike.Wires.HealAll();
    }

    private static async Task StopDatabaseAsync(Strike strike, Func<PostgresServer, Task> stop)
    {
        await stop(strike.Cluster.Postgres);
        await strike.LastAsync(strike.Chance.Next(2) == 0 ? 1 : Half);
        await strike.Cluster.Postgres.StartAgainAsync();
    }

    private static async Task KillDatabaseAsync(PostgresServer postgres)
    {
        int[] all = [postgres.ProcessId, .. Signals.ChildrenOf(postgres.ProcessId)];
        foreach (var process in all)
            Signals.Kill(process);
        while (all.Any(process => Directory.Exists($"/proc/{process}") && !IsDead(process)))
            await Task.Delay(20);
        postgres.ForgetProcess();
    }

    // Who was its parent is gone: until somebody has asked after it, a dead process still has an entry.
    private static bool IsDead(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task SlowDatabaseAsync(Strike strike)
    {
        var backends = Signals.ChildrenOf(strike.Cluster.Postgres.ProcessId);
        foreach (var backend in backends)
            Signals.Freeze(backend);
        try
        {
            await strike.LastAsync(Half);
        }
        finally
        {
            foreach (var backend in backends)
                Signals.Thaw(backend);
        }
    }

    private static async Task CutDatabaseAsync(Strike strike)
    {
        strike.Wires.CutBoth(strike[0].Name, NodeCluster.Database);
        await strike.LastAsync(Long);
        strike.Wires.HealAll();
    }

    // What was acknowledged is on the standby; the old primary never comes back. Afterwards there is a standby again, for the next time.
    private static async Task FailOverAsync(Strike strike)
    {
        await KillDatabaseAsync(strike.Cluster.Postgres);
        await strike.LastAsync(strike.Chance.Next(2) == 0 ? 1 : Half);
        await strike.Cluster.Databases.FailOverAsync();
        await strike.LastAsync(Half);
        await strike.Cluster.Databases.AddStandbyAsync();
    }

    // PostgreSQL ends itself when it cannot write its log: then it is started again once there is room.
    private static async Task FillDatabaseAsync(Strike strike)
    {
        await strike.Cluster.Postgres.FillDiskAsync(strike.Cancel);
        await strike.LastAsync(Long);
        strike.Say($"   PostgreSQL {(strike.Cluster.Postgres.IsRunning ? "runs" : "has ended itself")}");
        strike.Cluster.Postgres.FreeDisk();
        await strike.Cluster.Databases.ServeAgainAsync(ServesIn, strike.Cancel);
    }

    // What is on its way to a database that is away dies with the node: nobody may have been told that it is stored.
    private static async Task KillBothAsync(Strike strike)
    {
        await strike.Cluster.Postgres.CrashAsync();
        await Task.Delay(TimeSpan.FromSeconds(4), strike.Cancel);
        var down = strike.Down();
        foreach (var node in strike.Cluster.Nodes.Take(2))
            node.Kill(down);
        await Task.Delay(TimeSpan.FromSeconds(1), strike.Cancel);
        await strike.Cluster.Postgres.StartAgainAsync();
        await Task.Delay(down, strike.Cancel);
    }
}
