using System.Net;
using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Sends requests out, past the guard, following nobody who points elsewhere.</summary>
internal sealed class OutboundHttp(OutboundGuard guard) : IDisposable
{
    private const int LongestDetail = 200;

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        ConnectCallback = guard.ConnectAsync,
        AllowAutoRedirect = false,

        // A proxy would resolve the name itself, after it was checked.
        UseProxy = false,
        UseCookies = false,

        // Traces are the city's own: a webhook is given its place in one by name, and push services are not.
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Makes one attempt and says what became of it.</summary>
    internal async Task<CourierAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancelled)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancelled);
            return AnswerOf(response.StatusCode);
        }
        catch (HttpRequestException failed)
        {
            var cause = failed.InnerException is TargetInsideException inside ? inside : (Exception)failed;
            var detail = cause.Message.Length > LongestDetail ? cause.Message[..LongestDetail] : cause.Message;
            return new CourierAnswer(cause is TargetInsideException ? NoticeResult.GivenUp : NoticeResult.Failed, detail);
        }
    }

    public void Dispose() => http.Dispose();

    // 408, 425, 429 and 5xx say "not now"; whatever else is no success will be none next time either.
    private static CourierAnswer AnswerOf(HttpStatusCode status)
    {
        var number = (int)status;
        var result = number switch
        {
            >= 200 and < 300 => NoticeResult.Delivered,
            404 or 410 => NoticeResult.Gone,
            408 or 425 or 429 or >= 500 => NoticeResult.Failed,
            _ => NoticeResult.GivenUp,
        };
        return new CourierAnswer(result, number is >= 300 and < 400 ? $"{number}: redirects are not followed" : $"{number}");
    }
}
