using Shouldly;
using WhistleActors.Server.Attachments;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Attachments;

public sealed class MediaTypesTests
{
    public static TheoryData<string, string?> Contents => new()
    {
        { Convert.ToHexString(Files.Jpeg()), "image/jpeg" },
        { Convert.ToHexString(Files.Png), "image/png" },
        { Convert.ToHexString(Files.WebP), "image/webp" },
        { Convert.ToHexString(Files.Heic), "image/heic" },
        { Convert.ToHexString(Files.Pdf), "application/pdf" },
        { Convert.ToHexString(Files.Mp4), "video/mp4" },
        { Convert.ToHexString(Files.Avif), null },
        { "", null },
        { "FFD8", null },
        { "89504E470D0A1A0A", null },
        { Convert.ToHexString("<html><script>"u8), null },
        { Convert.ToHexString("<svg onload=alert(1)>"u8), null },
        { Convert.ToHexString(" %PDF-1.7"u8), null },
        { Convert.ToHexString("MZ\u0090\0"u8), null },
        { Convert.ToHexString("PK\u0003\u0004word/document.xml"u8), null },
        { Convert.ToHexString("GIF89a"u8), null },
        { Convert.ToHexString("RIFF\0\0\0\0WAVE"u8), null },
        { "0000001866747970", null },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_content_is_what_its_first_bytes_say(string hex, string? type) => MediaTypes.Recognise(Convert.FromHexString(hex)).ShouldBe(type);

    [Fact]
    public void Every_type_has_an_ending_of_its_own() =>
        MediaTypes.Allowed.Select(MediaTypes.EndingOf).ShouldBeUnique();
}
