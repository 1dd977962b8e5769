using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using WhistleActors.Client.SignIns;
using WhistleActors.Contract.Problems;

namespace WhistleActors.Client.Calls;

/// <summary>
/// Sends a call until it is answered. Repeats what is safe to repeat (each command has its key): an overloaded or absent server, a lost
/// connection, an attempt that took too long. What the server has decided is never asked twice.
/// </summary>
internal sealed class Caller(HttpClient http, WhistleClientOptions options, TimeProvider clock)
{
    public async Task<Reply> SendAsync(Call call, Session? session, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var renewed = false;
        for (var attempt = 1; ; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            var token = session is null ? null : await session.TokenAsync(cancel).ConfigureAwait(false);
            RefusedException? refused = null;
            Exception? lost = null;
            TimeSpan? askedFor = null;
            using var tooLong = new CancellationTokenSource(options.AttemptTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, tooLong.Token);
            try
            {
                using var request = call.ToRequest(token);
                using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
                var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    return new Reply(body, IsReplayed(response.Headers), attempt);
                var problem = ReadProblem(response, body);
                if (response.StatusCode == HttpStatusCode.Unauthorized && session is not null && !renewed && problem.Code != AccessWithdrawnException.Code)
                {
                    session.Forget(token!);
                    renewed = true;
                    continue;
                }

                askedFor = AskedFor(response.Headers.RetryAfter);
                refused = new RefusedException(problem, askedFor, MayPass(response.StatusCode));
                if (!refused.MayPass || !options.RepeatsRefused)
                    throw refused;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                lost = failure;
            }

            var pause = Backoff.PauseAfter(attempt, options.FirstPause, options.LongestPause, askedFor, options.Random);
            if (clock.GetElapsedTime(started) + pause > options.GiveUpAfter)
                throw (Exception?)refused ?? new UnreachableException(call.ToString(), call.Key, attempt, lost!);
            await Task.Delay(pause, clock, cancel).ConfigureAwait(false);
        }
    }

    private static bool MayPass(HttpStatusCode status) => status
        is HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable
        or HttpStatusCode.GatewayTimeout;

    private static bool IsReplayed(HttpResponseHeaders headers) =>
        headers.TryGetValues("Idempotency-Replayed", out var values) && values.Contains("true", StringComparer.OrdinalIgnoreCase);

    private TimeSpan? AskedFor(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };

    // Something between client and server may answer in its own words; that too must reach the caller as a refusal.
    private static Problem ReadProblem(HttpResponseMessage response, byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ClientJson.Type<Problem>()) is { Code: not null } problem)
                return problem;
        }
        catch (JsonException)
        {
            // Falls through: not a problem of ours.
        }

        var status = (int)response.StatusCode;
        return new Problem("about:blank", response.ReasonPhrase ?? "", status, $"http-{status}", $"HTTP {status}", $"HTTP {status}");
    }
}
