using System.Text.Json;
using WhistleActors.Contract.Whistles;
using WhistleActors.Simulator.Lives;

namespace WhistleActors.Simulator.Ledgers;

/// <summary>
/// Writes down what a run sends and what is answered, a line each, before it goes on: each line is with the operating system when the method returns,
/// so that a killed simulator leaves a whole ledger. Lines are only ever appended. Thread-safe.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file;

    /// <summary>Begins a new ledger.</summary>
    /// <exception cref="IOException">The file exists, or cannot be made.</exception>
    public LedgerFile(string path, LedgerHead head)
    {
        Path = path;
        file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Append(head);
    }

    public string Path { get; }

    public void Sent(Errand errand) =>
        Append(new LedgerLine(Sent: errand.Key, Command: errand.Kind, Grid: errand.Grid, Whistle: errand.Whistle, Department: errand.Department));

    public void Accepted(Errand errand, WhistleView answer) => Append(new LedgerLine(Accepted: errand.Key, Whistle: answer.Id, Version: answer.Version));

    public void Refused(Errand errand, string code) => Append(new LedgerLine(Refused: errand.Key, Code: code));

    public void Dispose() => file.Dispose();

    private void Append<T>(T line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, LedgerJson.Options), (byte)'\n'];
        lock (gate)
            file.Write(bytes);
    }
}
