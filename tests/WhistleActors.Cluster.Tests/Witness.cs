using System.Collections.Concurrent;
using System.Text.Json;

namespace WhistleActors.Cluster.Tests;

/// <summary>Keeps what a server refused, before the client repeats it.</summary>
internal sealed class Witness() : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>Status, code, and whether it was said when to come back.</summary>
    public ConcurrentQueue<(int Status, string? Code, bool SaysWhen)> Refusals { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            var code = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).RootElement.GetProperty("code").GetString();
            Refusals.Enqueue(((int)answer.StatusCode, code, answer.Headers.RetryAfter?.Delta is not null));
        }

        return answer;
    }
}
