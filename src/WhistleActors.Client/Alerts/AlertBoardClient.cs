using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using WhistleActors.Client.Boards;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Alerts;

namespace WhistleActors.Client.Alerts;

/// <summary>
/// Follows what waits for a department, for as long as it is not disposed: connects, reconnects without end, and after each reconnect begins
/// with all that waits. Tells the server what it displayed. Thread-safe.
/// </summary>
public sealed class AlertBoardClient : IAsyncDisposable
{
    private readonly WhistleClient client;
    private readonly LiveBoardOptions options;
    private readonly string console;
    private readonly Lock gate = new();
    private readonly AlertPicture picture = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Task following;

    /// <summary>Starts following.</summary>
    /// <param name="client">Who sits at the console.</param>
    /// <param name="console">Names the console; the same after a restart, so that the proof counts it once.</param>
    /// <param name="onAlerts">Displays what is new; once it returns, that is recorded as displayed. <see cref="AlertNews.Rings"/> says whether to make a sound.</param>
    public AlertBoardClient(WhistleClient client, string department, string console, Action<AlertNews> onAlerts, LiveBoardOptions? options = null)
    {
        (this.client, Department, this.console, this.options) = (client, department, console, options ?? new LiveBoardOptions());
        following = FollowAsync(onAlerts);
    }

    /// <summary>Whose alerts it follows.</summary>
    public string Department { get; }

    /// <summary>Why it is not connected; null while it is.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>What waits, the longest waiting first.</summary>
    public IReadOnlyList<AlertView> Waiting
    {
        get
        {
            lock (gate)
                return picture.Waiting;
        }
    }

    /// <summary>Stops following.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await following.ConfigureAwait(false);
        ending.Dispose();
    }

    private async Task FollowAsync(Action<AlertNews> onAlerts)
    {
        await Task.Yield();
        var failures = 0;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await SubscribeAsync(onAlerts, () => failures = 0).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                Trouble = failure;
            }

            var pause = Backoff.PauseAfter(++failures, options.FirstPause, options.LongestPause, askedFor: null, options.Random);
            await Task.Delay(pause, client.Clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SubscribeAsync(Action<AlertNews> onAlerts, Action progressed)
    {
        var token = await client.TokenAsync(ending.Token).ConfigureAwait(false);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(client.Server, "hubs/alerts"), hub =>
        {
            hub.AccessTokenProvider = () => Task.FromResult<string?>(token);
            hub.CloseTimeout = TimeSpan.FromSeconds(1);
        });
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = ClientJson.Options);
        var connection = builder.Build();
        await using (connection.ConfigureAwait(false))
        {
            await StartAsync(connection, token).ConfigureAwait(false);
            var frames = connection.StreamAsync<AlertFrame>("Follow", Department, ending.Token).GetAsyncEnumerator(ending.Token);
            await using (frames.ConfigureAwait(false))
            {
                // A connection that died without a word is one that beats no more.
                while (await frames.MoveNextAsync().AsTask().WaitAsync(options.SilenceLimit, client.Clock, ending.Token).ConfigureAwait(false))
                {
                    Trouble = null;
                    progressed();
                    AlertNews news;
                    lock (gate)
                        news = picture.Take(frames.Current);
                    if (news is { New.Count: 0, Over.Count: 0, Reset: false })
                        continue;
                    onAlerts(news);
                    if (news.New.Count > 0)
                        await connection.InvokeAsync("Shown", Department, console, news.New.Select(alert => alert.Whistle).ToArray(), ending.Token).ConfigureAwait(false);
                }
            }
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
