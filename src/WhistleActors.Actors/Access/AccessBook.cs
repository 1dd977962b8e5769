using WhistleActors.Domain.Access;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Actors.Access;

/// <summary>Whose tokens are not believed any more, as far as this node has heard: within seconds, all. Thread-safe.</summary>
public sealed class AccessBook
{
    private readonly TaskCompletionSource known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AccessState now = AccessState.Empty;

    /// <summary>Completes once the node has heard for the first time; before that nobody is to be believed.</summary>
    public Task Known => known.Task;

    /// <summary>What is known now.</summary>
    public AccessState Now => Volatile.Read(ref now);

    /// <summary>Whether a token is not believed any more.</summary>
    public bool Refuses(PersonId person, DateTimeOffset issued) => Now.Refuses(person, issued);

    /// <summary>Takes in what is newer than what is known; it may come twice, late and in any order.</summary>
    internal void Take(AccessState heard)
    {
        for (var before = Now; heard.Version > before.Version; before = Now)
        {
            if (Interlocked.CompareExchange(ref now, heard, before) == before)
                break;
        }

        known.TrySetResult();
    }
}
