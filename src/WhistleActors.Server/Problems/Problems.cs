using System.Globalization;
using WhistleActors.Actors.Departments;
using WhistleActors.Contract;
using WhistleActors.Contract.Problems;
using WhistleActors.Domain.Refusals;

namespace WhistleActors.Server.Problems;

/// <summary>Why a request is refused, as problem details (RFC 9457).</summary>
internal static class Problems
{
    internal const string ContentType = "application/problem+json";

    internal static IResult Of(Refusal refusal) => Result(ProblemOf(refusal));

    internal static Problem ProblemOf(Refusal refusal) =>
        Of(Status(refusal.Kind), refusal.Code, refusal.Detail.En, refusal.Detail.Zh, refusal.Remedy.En, refusal.Remedy.Zh);

    internal static Problem Of(int status, string code, string en, string zh, string? remedyEn = null, string? remedyZh = null, IReadOnlyList<FieldError>? errors = null) =>
        new(Type(code), Title(status), status, code, en, zh, remedyEn, remedyZh, errors);

    /// <summary>The problem for a body that does not call itself JSON.</summary>
    internal static Problem NotJson { get; } = Of(
        415, "not-json", "The body must be JSON.", "请求正文须为 JSON。", "Send 'Content-Type: application/json'.", "请使用 “Content-Type: application/json”。");

    internal static IResult Result(Problem problem) => new ProblemResult(problem);

    /// <summary>What an order to a department came to: 204 when it is stored.</summary>
    internal static IResult Result(DepartmentAnswer answer) => answer switch
    {
        { Refusal: { } refusal } => Of(refusal),
        { Stored: false } => Result(NotStored),
        _ => Results.NoContent(),
    };

    /// <summary>The problem for what was turned away before anything was done, because there is too much to do.</summary>
    internal static Problem Overloaded { get; } = Of(
        503, "overloaded", "The server has more to do than it can.", "服务器繁忙，暂时无法受理。",
        "Come back after the time in Retry-After, with the same Idempotency-Key.", "请在 Retry-After 所示时间后，用同一 Idempotency-Key 重试。");

    /// <summary>The problem for what the journal did not take.</summary>
    internal static Problem NotStored { get; } = Of(
        503, "not-stored", "The command could not be stored; nothing has changed.", "命令未能存储，没有任何改变。", "Repeat it.", "请重试。");

    /// <summary>The problem for a token of somebody whose access was withdrawn since.</summary>
    internal static Problem AccessWithdrawn { get; } = Of(
        401, "access-withdrawn", "An administrator has withdrawn your access.", "系统管理员已撤销您的访问。", "Sign in anew if you may, or ask an administrator.", "如有权限请重新登录，或联系系统管理员。");

    /// <summary>The problem while a node has not heard whose access was withdrawn.</summary>
    internal static Problem AccessUnknown { get; } = Of(
        503, "starting", "The node has just started and does not yet know who may come in.", "节点刚刚启动，尚未获知访问权限。", "Repeat it in a moment.", "请稍后重试。");

    /// <param name="retryAfter">When to come back, with 429 and 503; whole seconds, one when not given.</param>
    internal static Task WriteAsync(HttpContext http, Problem problem, TimeSpan? retryAfter = null)
    {
        http.Response.StatusCode = problem.Status;
        if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = (retryAfter?.TotalSeconds ?? 1).ToString("F0", CultureInfo.InvariantCulture);
        return http.Response.WriteAsJsonAsync(problem, ContractJson.Types.Problem, ContentType);
    }

    /// <summary>The problem for a status that nobody wrote a body for.</summary>
    internal static Problem ForStatus(int status) => status switch
    {
        401 => Of(401, "not-signed-in", "The request carries no valid token.", "请求没有有效的令牌。", "Sign in and send the token as 'Authorization: Bearer'.", "请登录，并以 “Authorization: Bearer” 携带令牌。"),
        403 => Of(403, "not-allowed", "You may not do this.", "无权进行此操作。"),
        404 => Of(404, "unknown-path", "There is nothing at this path.", "该路径不存在。", "See /openapi/v1.json for what there is.", "可用的路径见 /openapi/v1.json。"),
        405 => Of(405, "method-not-allowed", "This path does not take this method.", "该路径不接受此方法。", "See /openapi/v1.json for what there is.", "可用的方法见 /openapi/v1.json。"),
        415 => NotJson,
        _ => Of(status, "refused", "The request was refused.", "请求被拒绝。"),
    };

    private static string Type(string code) => $"urn:whistle-actors:problem:{code}";

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Unknown => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Outdated => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Full => StatusCodes.Status429TooManyRequests,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind"),
    };

    private static string Title(int status) => status switch
    {
        400 => "The request is malformed",
        401 => "Not signed in",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Conflict with the present state",
        412 => "Outdated",
        413 => "Too large",
        415 => "Unsupported media type",
        422 => "The content is not acceptable",
        429 => "Too many",
        503 => "Not available at the moment",
        _ => "Refused",
    };

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);
    }
}
