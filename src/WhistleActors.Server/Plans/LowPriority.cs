using System.Runtime.InteropServices;

namespace WhistleActors.Server.Plans;

/// <summary>Lets a thread take only what processor time the live server leaves.</summary>
internal static class LowPriority
{
    // As a share of a busy core: 5 % beside a thread of usual priority. Not the very last (19), because the collector waits for every thread to come to a halt.
    private const int Nice = 13;

    private static int prepared;

    /// <summary>Starts a thread of low priority.</summary>
    internal static void Start(string name, Action work)
    {
        // The collector's own thread is made by whoever first needs it, and inherits its nice value: seen here, and a slow collector would slow down everybody.
        if (Interlocked.Exchange(ref prepared, 1) == 0)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        new Thread(() =>
        {
            // On Linux the runtime's own priorities have no effect; there a thread has a nice value of its own.
            if (OperatingSystem.IsLinux())
                _ = SetPriority(which: 0, who: 0, Nice);
            work();
        })
        { IsBackground = true, Name = name, Priority = ThreadPriority.Lowest }.Start();
    }

    // man 2 setpriority: PRIO_PROCESS (0) and 0 mean the calling thread on Linux. Nobody may be refused a lower priority; if it were, the thread would run as others do.
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
