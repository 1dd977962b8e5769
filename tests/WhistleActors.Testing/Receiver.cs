using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WhistleActors.Testing;

/// <summary>An endpoint on the loopback address that takes what a server sends out, and answers as the test says.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>What came, in its order.</summary>
    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>How it answers.</summary>
    public Func<HttpContext, int> Answer { get; set; } = _ => 204;

    /// <summary>What it waits for before it answers.</summary>
    public Func<Received, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Uri Url => new(app.Urls.Single());

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public async Task<Received> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        Received? next;
        while (!All.TryDequeue(out next))
            await Task.Delay(20, patience.Token);
        return next;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Response.StatusCode = Answer(http);
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new Received(http.Request.Path, headers, body.ToArray());
        All.Enqueue(received);
        await Before(received).WaitAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

/// <summary>A request that came.</summary>
public sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
