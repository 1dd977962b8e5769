using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace WhistleActors.Consistency.Nodes;

/// <summary>Signals to processes, and who is whose child. Linux.</summary>
internal static class Signals
{
    // signal(7), the numbers of x86 and Arm.
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private const int NoSuchProcess = 3;

    /// <summary>Ends a process as a loss of power would.</summary>
    internal static void Kill(int process) => Send(process, SigKill);

    /// <summary>Tells a process to end in order.</summary>
    internal static void Terminate(int process) => Send(process, SigTerm);

    /// <summary>Freezes a process; it knows nothing of the time that passes.</summary>
    internal static void Freeze(int process) => Send(process, SigStop);

    /// <summary>Lets a frozen process go on.</summary>
    internal static void Thaw(int process) => Send(process, SigCont);

    /// <summary>The processes that a process has started and that still run.</summary>
    internal static IReadOnlyList<int> ChildrenOf(int process)
    {
        var children = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(folder) == process)
                children.Add(id);
        }

        return children;
    }

    // proc(5): "pid (name) state parent ...", and the name may hold anything.
    private static int ParentOf(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void Send(int process, int signal)
    {
        if (SendSignal(process, signal) != 0 && Marshal.GetLastPInvokeError() is not NoSuchProcess and var error)
            throw new Win32Exception(error);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
