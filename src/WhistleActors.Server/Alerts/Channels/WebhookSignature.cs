using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>
/// Signs what goes to a webhook as the Standard Webhooks convention has it: HMAC-SHA256 over the id, the time and the body. The id lets the
/// receiver drop what it has; the time lets it refuse what somebody recorded and plays again.
/// </summary>
internal static class WebhookSignature
{
    internal const string Id = "webhook-id";
    internal const string Timestamp = "webhook-timestamp";
    internal const string Signature = "webhook-signature";

    /// <summary>How far a receiver lets the time lie from its own.</summary>
    internal static readonly TimeSpan ReplayWindow = TimeSpan.FromMinutes(5);

    internal static void Sign(HttpRequestMessage request, string id, byte[] body, string secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(Id, id);
        request.Headers.Add(Timestamp, time);
        request.Headers.Add(Signature, $"v1,{Of(id, time, body, secret)}");
    }

    /// <summary>What a receiver checks: the time is near, and the signature that of the secret.</summary>
    internal static bool Verifies(string id, string time, string signature, byte[] body, string secret, DateTimeOffset now) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= ReplayWindow.TotalSeconds
        && signature.StartsWith("v1,", StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature[3..]), Encoding.ASCII.GetBytes(Of(id, time, body, secret)));

    private static string Of(string id, string time, byte[] body, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{time}."));
        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
