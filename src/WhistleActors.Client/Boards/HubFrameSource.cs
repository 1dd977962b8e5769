using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
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
    private readonly TransportLadder ladder = new(options.Transports);

    public async IAsyncEnumerable<BoardFrame> FollowAsync(
        string board, BoardPosition? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        var token = await client.TokenAsync(cancel).ConfigureAwait(false);
        var connection = Connection(token);
        await using (connection.ConfigureAwait(false))
        {
            var frames = Frames(connection);
            await StartAsync(connection, token, cancel).ConfigureAwait(false);
            var reading = ReadAsync(connection, frames, board, position, cancel).GetAsyncEnumerator(cancel);
            await using (reading.ConfigureAwait(false))
            {
                while (await NextAsync(reading, token).ConfigureAwait(false))
                {
                    ladder.Heard();
                    yield return reading.Current;
                }
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

    // What the server says of its own accord: frames, and the end of a board.
    private Channel<BoardFrame> Frames(HubConnection connection)
    {
        var frames = Channel.CreateUnbounded<BoardFrame>(new UnboundedChannelOptions { SingleReader = true });
        if (options.Encoding == FrameEncoding.MessagePack)
            connection.On<string, byte[]>("Frame", (_, packed) => frames.Writer.TryWrite(FramePacking.Unpack<BoardFrame>(packed)));
        else
            connection.On<string, BoardFrame>("Frame", (_, frame) => frames.Writer.TryWrite(frame));
        connection.On<string, string>("Ended", (_, reason) => frames.Writer.TryComplete(new HubException(reason)));
        connection.Closed += failure =>
        {
            frames.Writer.TryComplete(failure);
            return Task.CompletedTask;
        };
        return frames;
    }

    private async IAsyncEnumerable<BoardFrame> ReadAsync(
        HubConnection connection, Channel<BoardFrame> frames, string board, BoardPosition? position, [EnumeratorCancellation] CancellationToken cancel)
    {
        await connection.InvokeAsync("Follow", board, options.Encoding == FrameEncoding.MessagePack ? Map(position) : position, cancel).ConfigureAwait(false);
        await foreach (var frame in frames.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
            yield return frame;
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<BoardFrame> reading, string token)
    {
        try
        {
            return await reading.MoveNextAsync().ConfigureAwait(false);
        }
        catch (HubException refused)
        {
            // The way is good: the server itself has spoken.
            ladder.Heard();
            if (refused.Message.Contains("sign-in-expired", StringComparison.Ordinal))
                client.ForgetToken(token);
            if (AccessWithdrawnException.IsSaidBy(refused.Message))
                throw new AccessWithdrawnException(refused.Message);
            throw;
        }
    }

    private static Dictionary<string, object>? Map(BoardPosition? position) =>
        position is null ? null : new() { ["epoch"] = position.Epoch, ["sequence"] = position.Sequence };

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
