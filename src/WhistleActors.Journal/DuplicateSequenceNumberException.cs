namespace WhistleActors.Journal;

/// <summary>
/// The persistence id already has an event with this number: a second incarnation of the actor is writing. Nothing of the write
/// was stored.
/// </summary>
public sealed class DuplicateSequenceNumberException : JournalException
{
    /// <summary>Creates the exception without a text.</summary>
    public DuplicateSequenceNumberException()
    {
    }

    /// <summary>Creates the exception with a text for operators.</summary>
    public DuplicateSequenceNumberException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text for operators and what the driver said.</summary>
    public DuplicateSequenceNumberException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
