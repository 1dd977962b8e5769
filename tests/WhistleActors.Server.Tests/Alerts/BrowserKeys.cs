using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using WhistleActors.Server.Alerts.Channels;

namespace WhistleActors.Server.Tests.Alerts;

/// <summary>The keys of a browser that takes notices.</summary>
internal sealed class BrowserKeys : IDisposable
{
    public ECDiffieHellman Key { get; } = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public byte[] Secret { get; } = RandomNumberGenerator.GetBytes(16);

    /// <summary>What it hands to the server.</summary>
    public string Subscription(string endpoint) =>
        JsonSerializer.Serialize(new
        {
            endpoint,
            keys = new { p256dh = Base64Url.EncodeToString(PushCipher.Point(Key.ExportParameters(false))), auth = Base64Url.EncodeToString(Secret) },
        });

    public void Dispose() => Key.Dispose();
}
