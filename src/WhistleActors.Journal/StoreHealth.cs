namespace WhistleActors.Journal;

/// <summary>What the writing loop last learnt of the database, for the health check.</summary>
internal sealed class StoreHealth
{
    private volatile Exception? _trouble;

    /// <summary>Why nothing can be stored at the moment.</summary>
    public Exception? Trouble => _trouble;

    /// <returns>Whether this is news.</returns>
    public bool Report(Exception? trouble)
    {
        var before = _trouble;
        _trouble = trouble;
        return (before is null) != (trouble is null);
    }
}
