namespace WhistleActors.Actors.Gates;

/// <summary>Somebody was turned away at a gate before anything was done: there is more to do than can be done.</summary>
/// <param name="retryAfter">When it is worth to come back; whole seconds.</param>
public sealed class SaturatedException(TimeSpan retryAfter) : Exception("There is more to do than can be done.")
{
    /// <summary>When it is worth to come back; whole seconds.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
