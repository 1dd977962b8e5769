using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using WhistleActors.Actors.Boards;
using WhistleActors.Actors.Grids;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Problems;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Commands;

/// <summary>The way of every command: read it, give it to its grid, answer with the whistle as it is after it.</summary>
internal sealed class CommandPipeline(Actors.City city)
{
    internal const string IdempotencyKey = "Idempotency-Key";
    internal const string Replayed = "Idempotency-Replayed";

    /// <summary>Gives an order and answers with what it came to.</summary>
    internal async Task<IResult> RunAsync(HttpContext http, GridCode grid, GridCommand command, byte[] body)
    {
        var order = new Order(command, http.Officer(), KeyOf(http, body), IfMatchOf(http));
        var answer = await city.GiveOrderAsync(grid, order, http.RequestAborted);
        switch (answer)
        {
            case OrderAccepted accepted:
                return Answer(http, command, accepted.Whistle, accepted.Version, accepted.View);
            case OrderRepeated repeated:
                var then = await city.WhistleAtAsync(repeated.Whistle, repeated.Version, http.RequestAborted)
                    ?? throw new InvalidOperationException($"The journal does not have {repeated.Whistle}, which its grid remembers.");
                http.Response.Headers[Replayed] = "true";
                return Answer(http, command, then.Whistle.Id, then.Whistle.Version, then.Json);
            case OrderRefused refused:
                return Problems.Problems.Of(refused.Refusal);
            case OrderNotStored:
                return Problems.Problems.Result(Problems.Problems.Of(
                    503, "not-stored", "The command could not be stored; nothing has changed.", "命令未能存储，没有任何改变。",
                    "Repeat it with the same Idempotency-Key.", "请用同一 Idempotency-Key 重试。"));
            default:
                throw new InvalidOperationException($"Unknown answer {answer}.");
        }
    }

    private static IResult Answer(HttpContext http, GridCommand command, WhistleId whistle, long version, byte[] view)
    {
        http.Response.Headers.ETag = ETag(version);
        if (command is BlowWhistle)
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"/api/v1/whistles/{whistle}";
        }

        return Json(view);
    }

    internal static string ETag(long version) => $"\"{version}\"";

    internal static IResult Json(PublishedWhistle whistle) => Json(whistle.Json);

    private static IResult Json(byte[] utf8) => Results.Bytes(utf8, "application/json; charset=utf-8");

    // The fingerprint covers where the command goes and all of its content.
    internal static CommandKey? KeyOf(HttpContext http, byte[] body)
    {
        if (http.Request.Headers[IdempotencyKey] is not [{ } key])
        {
            return http.Request.Headers[IdempotencyKey].Count == 0 ? null : throw BadKey();
        }

        if (key.Length is 0 or > 128 || key.Any(c => c is < '!' or > '~'))
            throw BadKey();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(http.Request.Path.Value ?? ""));
        hash.AppendData([0]);
        hash.AppendData(body);
        return new CommandKey(key, Convert.ToBase64String(hash.GetHashAndReset().AsSpan(0, 12)));

        static ProblemException BadKey() => new(Problems.Problems.Of(
            400, "invalid-idempotency-key", "The Idempotency-Key is not usable.", "Idempotency-Key 不可用。",
            "One header of 1 to 128 visible ASCII characters.", "仅一个，由 1 至 128 个可见 ASCII 字符组成。"));
    }

    private static long? IfMatchOf(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch;
        if (header.Count == 0 || header == "*")
            return null;
        if (EntityTagHeaderValue.TryParse(header.ToString(), out var tag) && !tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"'), out var version))
            return version;
        throw new ProblemException(Problems.Problems.Of(
            400, "invalid-if-match", "If-Match does not name a version.", "If-Match 没有给出版本。",
            "Send the ETag that an answer carried.", "请发送答复中的 ETag。"));
    }
}
