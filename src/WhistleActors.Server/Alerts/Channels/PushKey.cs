using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>
/// The key by which push services and browsers know this city (VAPID, RFC 8292). Subscriptions are bound to it: nodes of a cluster share one,
/// and who loses it must ask all browsers anew.
/// </summary>
public sealed class PushKey : IDisposable
{
    // A push service may refuse more than 24 hours.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ECDsa key;
    private readonly string? subject;

    private PushKey(ECDsa key, string? subject)
    {
        (this.key, this.subject) = (key, subject);
        Public = Base64Url.EncodeToString(PushCipher.Point(key.ExportParameters(includePrivateParameters: false)));
    }

    /// <summary>The public key, in base64url.</summary>
    public string Public { get; }

    /// <summary>The key kept in a file; made at the first start, readable by its owner only.</summary>
    /// <param name="subject">Whom a push service may turn to, such as <c>mailto:it@example.org</c>.</param>
    public static PushKey InFile(string file, string? subject)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(Encoding.ASCII.GetString(SecretFile.ReadOrMake(file, Make)));
        return new PushKey(key, subject);

        static byte[] Make()
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem());
        }
    }

    /// <summary>What a request to a push service is authorised by.</summary>
    internal string Authorization(Uri endpoint, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object> { ["aud"] = endpoint.GetLeftPart(UriPartial.Authority), ["exp"] = (now + Lifetime).ToUnixTimeSeconds() };
        if (subject is not null)
            claims["sub"] = subject;
        var signed = $"{Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"t={signed}.{Base64Url.EncodeToString(signature)}, k={Public}";
    }

    public void Dispose() => key.Dispose();
}
