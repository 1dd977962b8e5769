using WhistleActors.Contract.Whistles;

namespace WhistleActors.Client;

/// <content>Rounds and what happens to a whistle after its end.</content>
public sealed partial class WhistleClient
{
    /// <summary>Blows a whistle again.</summary>
    public Task<CommandAnswer> BlowAgainAsync(string whistle, BlowAgainRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/blow-again", request, options, cancel);

    /// <summary>Takes up a closed whistle again after a revisit.</summary>
    public Task<CommandAnswer> ReopenAsync(string whistle, ReopenRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/reopen", request, options, cancel);

    /// <summary>Declares that a whistle should never have been blown.</summary>
    public Task<CommandAnswer> VoidAsync(string whistle, VoidRequest request, CommandOptions? options = null, CancellationToken cancel = default) =>
        CommandAsync($"whistles/{Escape(whistle)}/void", request, options, cancel);
}
