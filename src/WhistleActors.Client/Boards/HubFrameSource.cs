using System.IO.Compression;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Client.Boards;

/// <summary>
/// Frames from <c>/hubs/live</c>. Each subscription has a connection of its own and none is repaired: the position protocol makes
/// a new one as good as the old, and there is one way to lose a connection instead of three.
/// </summary>
internal sealed class HubFrameSource(WhistleClient client, LiveBoardOptions options) : IFrameSource
{
    private const byte GzipBegins = 0x1f;

    private readonly TransportLadder ladder = new(options.Transports);

    public async IAsyncEnumerable<BoardFrame> FollowAsync(
        string board, BoardPosition? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        var token = await client.TokenAsync(cancel).ConfigureAwait(false);
        var connection = Connection(token);
        await using (connection.ConfigureAwait(false))
        {
            await StartAsync(connection, token, cancel).ConfigureAwait(false);
            await foreach (var frame in FramesAsync(connection, board, position, token, cancel).ConfigureAwait(false))
            {
                ladder.Heard();
                yield return frame;
            }
        }
    }

    private HubConnection Connection(string token)
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(client.Server, "hubs/live"), http =>
            {
                http.AccessTokenProvider = () => Task.FromResult<string?>(token);
                http.CloseTimeout = TimeSpan.FromSeconds(1);
                http.Transports = ladder.Next();
            });
        if (options.Encoding == FrameEncoding.MessagePack)
            builder.AddMessagePackProtocol();
        else
            builder.AddJsonProtocol(json => json.PayloadSerializerOptions = ClientJson.Options);
        return builder.Build();
    }

    private async IAsyncEnumerable<BoardFrame> FramesAsync(
        HubConnection connection, string board, BoardPosition? position, string token, [EnumeratorCancellation] CancellationToken cancel)
    {
        var frames = options.Encoding == FrameEncoding.MessagePack
            ? UnpackedAsync(connection.StreamAsync<byte[]>("Follow", board, Map(position), cancel), cancel)
            : connection.StreamAsync<BoardFrame>("Follow", board, position, cancel);
        var reading = frames.GetAsyncEnumerator(cancel);
        await using (reading.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await reading.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }
                catch (HubException refused)
                {
                    // The way is good: the server itself has spoken.
                    ladder.Heard();
                    if (refused.Message.Contains("sign-in-expired", StringComparison.Ordinal))
                        client.ForgetToken(token);
                    throw;
                }

                yield return reading.Current;
            }
        }
    }

    private static Dictionary<string, object>? Map(BoardPosition? position) =>
        position is null ? null : new() { ["epoch"] = position.Epoch, ["sequence"] = position.Sequence };

    private static async IAsyncEnumerable<BoardFrame> UnpackedAsync(IAsyncEnumerable<byte[]> packed, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var bytes in packed.WithCancellation(cancel).ConfigureAwait(false))
        {
            if (bytes is not [GzipBegins, ..])
            {
                yield return JsonSerializer.Deserialize(bytes, ClientJson.Type<BoardFrame>())!;
                continue;
            }

            using var stream = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            yield return JsonSerializer.Deserialize(stream, ClientJson.Type<BoardFrame>())!;
        }
    }

    private async Task StartAsync(HubConnection connection, string token, CancellationToken cancel)
    {
        ladder.Opening();
        try
        {
            await connection.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException refused)
        {
            ladder.Heard();
            if (refused.StatusCode == HttpStatusCode.Unauthorized)
                client.ForgetToken(token);
            throw;
        }
    }
}
