using WhistleActors.Client;
using WhistleActors.Consistency.Histories;
using WhistleActors.Consistency.Nodes;
using WhistleActors.Contract.SignIn;
using WhistleActors.Contract.Whistles;

namespace WhistleActors.Consistency.Crowds;

/// <summary>Asks one node after the other, under one key, until one has answered; and writes down what it asked and was told.</summary>
internal sealed class Asker(NodeCluster cluster, History history, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks for a command.</summary>
    /// <param name="first">The number of the node to begin with.</param>
    /// <param name="twice">Whether the same is asked of the next node at the same moment.</param>
    /// <returns>The whistle right after it; null when it was refused, or nobody answered in time.</returns>
    internal async Task<WhistleView?> AskAsync(
        Command command, SignInRequest who, Func<WhistleClient, CommandOptions, CancellationToken, Task<CommandAnswer>> send, int first, bool twice, CancellationToken cancel)
    {
        history.Asked(command);
        if (!twice)
            return await AskOneByOneAsync(command, who, send, first, cancel);
        var both = await Task.WhenAll(AskOneByOneAsync(command, who, send, first, cancel), AskOneByOneAsync(command, who, send, first + 1, cancel));
        return both[0] ?? both[1];
    }

    private async Task<WhistleView?> AskOneByOneAsync(
        Command command, SignInRequest who, Func<WhistleClient, CommandOptions, CancellationToken, Task<CommandAnswer>> send, int first, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var node = cluster.Nodes[(first + attempt - 1) % cluster.Nodes.Count];
            try
            {
                var answer = await send(node.As(who), new CommandOptions(command.Key), cancel);
                return Told(answer.Whistle, null, attempt);
            }
            catch (RefusedException refused) when (!refused.MayPass)
            {
                return Told(null, refused.Code, attempt);
            }
            catch (Exception no) when (no is RefusedException or UnreachableException or OperationCanceledException)
            {
                if (cancel.IsCancellationRequested || TimeProvider.System.GetElapsedTime(began) > patience)
                    return Told(null, null, attempt);
                await Task.Delay(Pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        WhistleView? Told(WhistleView? whistle, string? refusal, int attempts)
        {
            command.Told(new Answer(TimeProvider.System.GetUtcNow(), whistle, refusal, attempts));
            return whistle;
        }
    }
}
