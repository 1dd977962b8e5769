namespace WhistleActors.Journal;

/// <summary>The reason why the journal did not store or read something.</summary>
public class JournalException : Exception
{
    /// <summary>Creates the exception without a text.</summary>
    public JournalException()
    {
    }

    /// <summary>Creates the exception with a text for operators.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text for operators and what the driver said.</summary>
    public JournalException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
