namespace WhistleActors.Journal;

/// <summary>The serialized event is larger than <c>max-event-bytes</c>. It was not stored.</summary>
public sealed class EventTooLargeException : JournalException
{
    /// <summary>Creates the exception without a text.</summary>
    public EventTooLargeException()
    {
    }

    /// <summary>Creates the exception with a text for operators.</summary>
    public EventTooLargeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text for operators and what the driver said.</summary>
    public EventTooLargeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
