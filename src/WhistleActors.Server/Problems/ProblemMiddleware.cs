using System.Data.Common;
using System.Text.RegularExpressions;
using Akka.Actor;
using Microsoft.AspNetCore.Http.Features;
using WhistleActors.Actors.Gates;
using WhistleActors.Contract.Problems;

namespace WhistleActors.Server.Problems;

/// <summary>Turns everything that goes wrong into problem details; what nobody foresaw is logged and tells the caller nothing of the inside.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // Under a limit of its own the server would break off the connection, and whoever still sends would never read why. Who reads a body here stops at
        // a limit; what is left of it the server reads away for a few seconds, and keeps nothing.
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;

        Problem problem;
        TimeSpan? retryAfter = null;
        try
        {
            await next(http);
            return;
        }
        catch (ProblemException refused)
        {
            problem = refused.Problem;
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            problem = TooLarge;
        }
        catch (BadHttpRequestException bad)
        {
            problem = Malformed(bad, http);
        }
        catch (SaturatedException saturated)
        {
            (problem, retryAfter) = (Problems.Overloaded, saturated.RetryAfter);
        }
        catch (AskTimeoutException)
        {
            using var about = log.BeginScope(new RequestScope(http));
            log.LogWarning("{Method} {Path}: no answer came in time", http.Request.Method, http.Request.Path);
            problem = NoAnswer;
        }
        catch (DbException away) when (away.IsTransient)
        {
            // The answer to a repeated order is read from the database. That this is away says nothing about the order.
            using var about = log.BeginScope(new RequestScope(http));
            log.LogWarning(away, "{Method} {Path}: the database does not answer", http.Request.Method, http.Request.Path);
            problem = NoAnswer;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception cause)
        {
            using var about = log.BeginScope(new RequestScope(http));
            log.LogError(cause, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            problem = Problems.Of(500, "internal-error", "Something went wrong inside the server.", "服务器内部出错。", "Try again; an administrator finds the cause in the log.", "请重试；管理员可在日志中查到原因。");
        }

        if (!http.Response.HasStarted)
            await Problems.WriteAsync(http, problem, retryAfter);
    }

    // The framework tells which parameter it could not read in its text only.
    private static Problem Malformed(BadHttpRequestException bad, HttpContext http)
    {
        var name = Unbound().Match(bad.Message) is { Success: true } match && http.Request.Query.ContainsKey(match.Groups[1].Value) ? match.Groups[1].Value : null;
        return Problems.Of(
            bad.StatusCode, "malformed-request", "The request cannot be read.", "无法读取请求。",
            "Send it as /openapi/v1.json describes it, each parameter once and of its type; times carry an offset.",
            "请按 /openapi/v1.json 发送，每个参数只出现一次且类型相符；时间须带时区偏移。",
            name is null ? null : [new($"?{name}", "unexpected", "This parameter is given twice, or of another type.", "参数重复，或类型不对。")]);
    }

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (\\w+)\" from ", RegexOptions.CultureInvariant)]
    private static partial Regex Unbound();

    private static Problem NoAnswer { get; } = Problems.Of(
        503, "no-answer", "No answer came in time; whether the command took effect is not known.", "未能及时得到答复，不确定命令是否已生效。",
        "Repeat it with the same Idempotency-Key.", "请用同一 Idempotency-Key 重试。");

    /// <summary>The problem for a body over the limit.</summary>
    internal static Problem TooLarge { get; } = Problems.Of(
        413, "body-too-large", "The body is larger than 64 KiB.", "请求正文超过 64 KiB。", "Send less.", "请减少内容。");
}
