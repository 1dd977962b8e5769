using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Encrypts what goes to a browser so that the push service between cannot read it: RFC 8291, in the content coding aes128gcm of RFC 8188.</summary>
internal static class PushCipher
{
    /// <summary>The content coding's name.</summary>
    internal const string ContentEncoding = "aes128gcm";

    private const int PointLength = 65;
    private const int SaltLength = 16;
    private const int TagLength = 16;
    private const int RecordSize = 4096;

    /// <summary>Encrypts a text for a browser, with a key and a salt of its own each time.</summary>
    /// <exception cref="CryptographicException">The browser's key is none.</exception>
    internal static byte[] Encrypt(byte[] text, byte[] browserKey, byte[] browserSecret)
    {
        using var sender = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, browserKey, browserSecret, sender, RandomNumberGenerator.GetBytes(SaltLength));
    }

    internal static byte[] Encrypt(byte[] text, byte[] browserKey, byte[] browserSecret, ECDiffieHellman sender, byte[] salt)
    {
        using var browser = ECDiffieHellman.Create(Parameters(browserKey));
        var senderKey = Point(sender.ExportParameters(includePrivateParameters: false));
        var (key, nonce) = Keys(sender.DeriveRawSecretAgreement(browser.PublicKey), browserSecret, browserKey, senderKey, salt);

        // One record, and its delimiter: 2 marks the last (RFC 8188, section 2).
        byte[] plain = [.. text, 2];
        var header = SaltLength + 4 + 1 + PointLength;
        var message = new byte[header + plain.Length + TagLength];
        salt.CopyTo(message, 0);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(SaltLength), RecordSize);
        message[SaltLength + 4] = PointLength;
        senderKey.CopyTo(message, SaltLength + 5);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, message.AsSpan(header, plain.Length), message.AsSpan(header + plain.Length));
        return message;
    }

    /// <summary>What a browser does with a message.</summary>
    internal static byte[] Decrypt(byte[] message, ECDiffieHellman browser, byte[] browserSecret)
    {
        var senderKey = message.AsSpan(SaltLength + 5, PointLength).ToArray();
        using var sender = ECDiffieHellman.Create(Parameters(senderKey));
        var browserKey = Point(browser.ExportParameters(includePrivateParameters: false));
        var (key, nonce) = Keys(browser.DeriveRawSecretAgreement(sender.PublicKey), browserSecret, browserKey, senderKey, message[..SaltLength]);
        var sealedText = message.AsSpan(SaltLength + 5 + PointLength);
        var plain = new byte[sealedText.Length - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(nonce, sealedText[..^TagLength], sealedText[^TagLength..], plain);
        return plain[..^1];
    }

    /// <summary>A public key from its uncompressed point.</summary>
    internal static ECParameters Parameters(byte[] point) => point is [4, ..] && point.Length == PointLength
        ? new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } }
        : throw new CryptographicException("Not an uncompressed point of P-256.");

    internal static byte[] Point(ECParameters key) => [4, .. key.Q.X!, .. key.Q.Y!];

    // RFC 8291, section 3.4.
    private static (byte[] Key, byte[] Nonce) Keys(byte[] agreed, byte[] browserSecret, byte[] browserKey, byte[] senderKey, byte[] salt)
    {
        byte[] about = [.. "WebPush: info\0"u8, .. browserKey, .. senderKey];
        var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, 32, browserSecret, about);
        return (
            HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt, Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0")),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt, Encoding.ASCII.GetBytes("Content-Encoding: nonce\0")));
    }
}
