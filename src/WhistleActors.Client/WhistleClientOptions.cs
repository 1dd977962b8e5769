namespace WhistleActors.Client;

/// <summary>How patient a client is. The defaults suit a person who waits for an answer.</summary>
public sealed record WhistleClientOptions
{
    /// <summary>How long one attempt may take before it counts as lost.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call is repeated before it is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>False to hear of each refusal that may pass at once, as <see cref="RefusedException"/>, and to wait oneself; lost connections are repeated all the same.</summary>
    public bool RepeatsRefused { get; init; } = true;

    /// <summary>The pause before the first repetition; it doubles with each further one, and a random share of it is taken.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause, unless the server asks for a longer one.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the random shares come from; tests give it a seed. It must be safe to use from several threads, as the default is.</summary>
    public Random Random { get; init; } = Random.Shared;
}
