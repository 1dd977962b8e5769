using System.Diagnostics;

namespace WhistleActors.Journal.Tests.Faults;

/// <summary>A library preloaded into a child process that makes its database's system calls fail; see faults.c.</summary>
internal sealed class FaultLayer : IDisposable
{
    private readonly string _folder;

    private FaultLayer(string folder) => _folder = folder;

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Path.Combine(_folder, "faults.so"),
        ["FAULT_CONTROL"] = Control,
    };

    private string Control => Path.Combine(_folder, "control");

    /// <returns>Null where there is no C compiler.</returns>
    public static async Task<FaultLayer?> BuildAsync()
    {
        var layer = new FaultLayer(Directory.CreateTempSubdirectory("faults-").FullName);
        layer.Set('0');
        try
        {
            using var compiler = Process.Start(
                "gcc", ["-shared", "-fPIC", "-O1", "-o", Path.Combine(layer._folder, "faults.so"), Path.Combine(AppContext.BaseDirectory, "Faults", "faults.c"), "-ldl"]);
            await compiler.WaitForExitAsync();
            return compiler.ExitCode == 0 ? layer : throw new InvalidOperationException("gcc cannot compile faults.c.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            layer.Dispose();
            return null;
        }
    }

    /// <summary>From now on calls fail as the mode says.</summary>
    public void Set(char mode)
    {
        using var control = new FileStream(Control, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        control.WriteByte((byte)mode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
