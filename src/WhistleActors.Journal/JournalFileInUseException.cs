namespace WhistleActors.Journal;

/// <summary>Another process, or another journal of this one, writes to the same SQLite file.</summary>
public sealed class JournalFileInUseException : JournalException
{
    /// <summary>Creates the exception without a text.</summary>
    public JournalFileInUseException()
    {
    }

    /// <summary>Creates the exception with a text for operators.</summary>
    public JournalFileInUseException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text for operators and what the driver said.</summary>
    public JournalFileInUseException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
