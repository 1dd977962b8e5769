using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using WhistleActors.Server.Alerts.Channels;

namespace WhistleActors.Server.Tests.Alerts;

public sealed class PushCipherTests
{
    // RFC 8291, section 5 and appendix A.
    private const string BrowserPrivate = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    private const string BrowserPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string SenderPrivate = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string SenderPublic = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Salt = "DGv6ra1nlYgDCS1FRnbzlw";
    private const string Text = "When I grow up, I want to be a watermelon";

    private const string Message =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    [Fact]
    public void The_example_of_the_standard_comes_out_byte_for_byte()
    {
        using var sender = Key(SenderPrivate, SenderPublic);
        var message = PushCipher.Encrypt(Encoding.UTF8.GetBytes(Text), Bytes(BrowserPublic), Bytes(Secret), sender, Bytes(Salt));
        Base64Url.EncodeToString(message).ShouldBe(Message);
    }

    [Fact]
    public void A_browser_reads_what_was_sent()
    {
        using var browser = Key(BrowserPrivate, BrowserPublic);
        Encoding.UTF8.GetString(PushCipher.Decrypt(Bytes(Message), browser, Bytes(Secret))).ShouldBe(Text);
        Encoding.UTF8.GetString(PushCipher.Decrypt(PushCipher.Encrypt("37 个待签收"u8.ToArray(), Bytes(BrowserPublic), Bytes(Secret)), browser, Bytes(Secret))).ShouldBe("37 个待签收");
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_no_key()
    {
        var off = Bytes(BrowserPublic);
        off[^1] ^= 1;
        Should.Throw<CryptographicException>(() => PushCipher.Encrypt([], off, Bytes(Secret)));
        Should.Throw<CryptographicException>(() => PushCipher.Encrypt([], [4, 1, 2], Bytes(Secret)));
    }

    internal static ECDiffieHellman Key(string secret, string point)
    {
        var parameters = PushCipher.Parameters(Bytes(point));
        parameters.D = Bytes(secret);
        return ECDiffieHellman.Create(parameters);
    }

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);
}
