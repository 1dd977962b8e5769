using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using WhistleActors.Client.Boards;
using WhistleActors.Client.Calls;

namespace WhistleActors.Client.Alerts;

/// <summary>Follows one stream of <c>/hubs/alerts</c> for as long as it is not disposed: connects, reconnects without end, and begins anew each time.</summary>
internal sealed class AlertLink<TFrame> : IAsyncDisposable
{
    private readonly WhistleClient client;
    private readonly LiveBoardOptions options;
    private readonly string method;
    private readonly string followed;
    private readonly Func<TFrame, HubConnection, CancellationToken, Task> take;
    private readonly CancellationTokenSource ending = new();
    private readonly Task following;

    /// <param name="method">The hub's method; <paramref name="followed"/> is what it is given.</param>
    /// <param name="take">Takes each frame, and may tell the hub something.</param>
    internal AlertLink(WhistleClient client, LiveBoardOptions? options, string method, string followed, Func<TFrame, HubConnection, CancellationToken, Task> take)
    {
        (this.client, this.options, this.method, this.followed, this.take) = (client, options ?? new LiveBoardOptions(), method, followed, take);
        following = FollowAsync();
    }

    /// <summary>Why it is not connected; null while it is. With <see cref="AccessWithdrawnException"/> it does not come back.</summary>
    internal Exception? Trouble { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await following.ConfigureAwait(false);
        ending.Dispose();
    }

    private async Task FollowAsync()
    {
        await Task.Yield();
        var failures = 0;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await SubscribeAsync(() => failures = 0).ConfigureAwait(false);
            }
            catch (HubException refused) when (AccessWithdrawnException.IsSaidBy(refused.Message))
            {
                Trouble = new AccessWithdrawnException(refused.Message);
                return;
            }
            catch (Exception failure)
            {
                Trouble = failure;
            }

            var pause = Backoff.PauseAfter(++failures, options.FirstPause, options.LongestPause, askedFor: null, options.Random);
            await Task.Delay(pause, client.Clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubscribeAsync(Action progressed)
    {
        var token = await client.TokenAsync(ending.Token).ConfigureAwait(false);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(client.Server, "hubs/alerts"), hub =>
        {
            hub.AccessTokenProvider = () => Task.FromResult<string?>(token);
            hub.CloseTimeout = TimeSpan.FromSeconds(1);
            hub.Transports = options.Transports;
        });
        if (options.Encoding == FrameEncoding.MessagePack)
            builder.AddMessagePackProtocol();
        else
            builder.AddJsonProtocol(json => json.PayloadSerializerOptions = ClientJson.Options);
        var connection = builder.Build();
        await using (connection.ConfigureAwait(false))
        {
            await StartAsync(connection, token).ConfigureAwait(false);
            var frames = Frames(connection).GetAsyncEnumerator(ending.Token);
            await using (frames.ConfigureAwait(false))
            {
                // A connection that died without a word is one that beats no more.
                while (await NextAsync(frames, token).ConfigureAwait(false))
                {
                    Trouble = null;
                    progressed();
                    await take(frames.Current, connection, ending.Token).ConfigureAwait(false);
                }
            }
        }
    }

    private async IAsyncEnumerable<TFrame> Frames(HubConnection connection)
    {
        if (options.Encoding == FrameEncoding.MessagePack)
        {
            await foreach (var packed in connection.StreamAsync<byte[]>(method, followed, ending.Token).ConfigureAwait(false))
                yield return FramePacking.Unpack<TFrame>(packed);
            yield break;
        }

        await foreach (var frame in connection.StreamAsync<TFrame>(method, followed, ending.Token).ConfigureAwait(false))
            yield return frame;
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<TFrame> frames, string token)
    {
        try
        {
            return await frames.MoveNextAsync().AsTask().WaitAsync(options.SilenceLimit, client.Clock, ending.Token).ConfigureAwait(false);
        }
        catch (HubException refused) when (refused.Message.Contains("sign-in-expired", StringComparison.Ordinal))
        {
            client.ForgetToken(token);
            throw;
        }
    }

    private async Task StartAsync(HubConnection connection, string token)
    {
        try
        {
            await connection.StartAsync(ending.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == System.Net.HttpStatusCode.Unauthorized)
        {
            client.ForgetToken(token);
            throw;
        }
    }
}
