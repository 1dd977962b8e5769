using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Client.Boards;

/// <summary>
/// Frames from <c>/hubs/live</c>. Each subscription has a connection of its own and none is repaired: the position protocol makes
/// a new one as good as the old, and there is one way to lose a connection instead of three.
/// </summary>
internal sealed class HubFrameSource(WhistleClient client) : IFrameSource
{
    public async IAsyncEnumerable<BoardFrame> FollowAsync(
        string board, BoardPosition? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        var token = await client.TokenAsync(cancel).ConfigureAwait(false);
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(client.Server, "hubs/live"), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
                options.CloseTimeout = TimeSpan.FromSeconds(1);
            });
        builder.AddJsonProtocol(options => options.PayloadSerializerOptions = ClientJson.Options);
        var connection = builder.Build();
        await using (connection.ConfigureAwait(false))
        {
            await StartAsync(connection, token, cancel).ConfigureAwait(false);
            await foreach (var frame in connection.StreamAsync<BoardFrame>("Follow", board, position, cancel).ConfigureAwait(false))
                yield return frame;
        }
    }

    private async Task StartAsync(HubConnection connection, string token, CancellationToken cancel)
    {
        try
        {
            await connection.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Unauthorized)
        {
            client.ForgetToken(token);
            throw;
        }
    }
}
