namespace WhistleActors.Journal;

/// <summary>More waits to be written than the settings allow. The event was not stored; the caller may try again later.</summary>
public sealed class JournalOverloadedException : JournalException
{
    /// <summary>Creates the exception without a text.</summary>
    public JournalOverloadedException()
    {
    }

    /// <summary>Creates the exception with a text for operators.</summary>
    public JournalOverloadedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text for operators and what the driver said.</summary>
    public JournalOverloadedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
