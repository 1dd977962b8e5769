using System.Globalization;

namespace WhistleActors.Journal.Sqlite;

/// <summary>
/// The right to write to one SQLite file, held as an operating-system lock on a file beside it. The system takes it back
/// when the process ends, however it ends. The file itself stays: to delete it would open a race.
/// </summary>
internal sealed class JournalFileLock : IDisposable
{
    private readonly FileStream _file;

    private JournalFileLock(FileStream file) => _file = file;

    /// <exception cref="JournalFileInUseException">Somebody holds it.</exception>
    public static JournalFileLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush();
            return new JournalFileLock(file);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new JournalFileInUseException(
                $"Another process already writes to {databasePath} (it holds the lock on {path}). "
                + "One process only may write to an SQLite journal: stop the other one, or give this one a database of its own.",
                e);
        }
    }

    public void Dispose() => _file.Dispose();
}
