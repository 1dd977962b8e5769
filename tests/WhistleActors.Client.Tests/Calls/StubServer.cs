using System.Net;
using System.Text;
using System.Text.Json;
using WhistleActors.Contract;
using WhistleActors.Contract.SignIn;

namespace WhistleActors.Client.Tests.Calls;

/// <summary>A server in memory: signs everybody in, and answers the rest from a script.</summary>
internal sealed class StubServer(TimeProvider clock) : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> script = new();

    public static readonly Uri Address = new("http://127.0.0.1:1/");

    public List<Seen> Requests { get; } = [];

    public int SignIns { get; private set; }

    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(1);

    public StubServer Then(HttpStatusCode status, string body = "{}", Action<HttpResponseMessage>? also = null) => Then(_ =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        also?.Invoke(response);
        return Task.FromResult(response);
    });

    public StubServer Then(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        script.Enqueue(answer);
        return this;
    }

    public StubServer ThenWhistle(long version, Action<HttpResponseMessage>? also = null) =>
        Then(HttpStatusCode.OK, JsonSerializer.Serialize(Sample.Whistle("1-1", version), ContractJson.Types.WhistleView), also);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Func<CancellationToken, Task<HttpResponseMessage>> answer;
        lock (gate)
        {
            if (request.RequestUri!.AbsolutePath == "/api/v1/sign-in")
            {
                SignIns++;
                var token = new SignInAnswer($"token-{SignIns}", clock.GetUtcNow() + TokenLife);
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(JsonSerializer.Serialize(token, ContractJson.Types.SignInAnswer), Encoding.UTF8, "application/json"),
                };
            }

            Requests.Add(new Seen(
                request.RequestUri.PathAndQuery,
                body,
                request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
                request.Headers.TryGetValues("If-Match", out var versions) ? versions.Single() : null,
                request.Headers.Authorization?.Parameter));
            answer = script.Dequeue();
        }

        return await answer(cancellationToken);
    }

    internal sealed record Seen(string Path, string Body, string? Key, string? IfMatch, string? Token);
}
