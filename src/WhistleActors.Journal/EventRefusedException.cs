namespace WhistleActors.Journal;

/// <summary>
/// The database refused this event for what it is (a value too long, a byte that text cannot hold). Nothing of the write was
/// stored.
/// </summary>
public sealed class EventRefusedException : JournalException
{
    /// <summary>Creates the exception without a text.</summary>
    public EventRefusedException()
    {
    }

    /// <summary>Creates the exception with a text for operators.</summary>
    public EventRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text for operators and what the driver said.</summary>
    public EventRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
