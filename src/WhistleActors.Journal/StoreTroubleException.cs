namespace WhistleActors.Journal;

/// <summary>The database, not the event, is to blame: the same write can succeed later.</summary>
internal sealed class StoreTroubleException(string message, Exception? innerException, bool outcomeUnknown)
    : Exception(message, innerException)
{
    /// <summary>Whether the transaction may have been committed in spite of the error.</summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}
