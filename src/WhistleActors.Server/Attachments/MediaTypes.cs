namespace WhistleActors.Server.Attachments;

/// <summary>
/// What may be attached: photos, scans and short films, told by the first bytes of the content, whatever the sender calls it. Office documents
/// are left out: their containers can hold anything, macros too; as PDF they are welcome. Six signatures need no library.
/// </summary>
internal static class MediaTypes
{
    /// <summary>How many of the first bytes are looked at.</summary>
    internal const int HeadBytes = 64;

    internal const string Jpeg = "image/jpeg";
    internal const string Png = "image/png";
    internal const string WebP = "image/webp";
    internal const string Heic = "image/heic";
    internal const string Pdf = "application/pdf";
    internal const string Mp4 = "video/mp4";

    /// <summary>All that are allowed.</summary>
    internal static IReadOnlyList<string> Allowed { get; } = [Jpeg, Png, WebP, Heic, Pdf, Mp4];

    /// <summary>The type of a content that begins with these bytes; null when it is none of those allowed.</summary>
    internal static string? Recognise(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) && Has(head, 12, "IHDR"u8))
            return Png;
        if (Has(head, 0, "RIFF"u8) && Has(head, 8, "WEBP"u8))
            return WebP;
        if (head.StartsWith("%PDF-"u8))
            return Pdf;
        return Has(head, 4, "ftyp"u8) && head.Length >= 12 ? OfBrands(head) : null;
    }

    /// <summary>The ending that a file of this type has.</summary>
    internal static string EndingOf(string mediaType) => mediaType switch
    {
        Jpeg => ".jpg",
        Png => ".png",
        WebP => ".webp",
        Heic => ".heic",
        Pdf => ".pdf",
        Mp4 => ".mp4",
        _ => ".bin",
    };

    // ISO base media (ISO/IEC 14496-12): the major brand says what it is; "mif1" alone only that it is an image, so the compatible ones count.
    private static string? OfBrands(ReadOnlySpan<byte> head)
    {
        var major = head[8..12];
        if (IsHeic(major))
            return Heic;
        if (major.SequenceEqual("mif1"u8) || major.SequenceEqual("msf1"u8))
        {
            for (var at = 16; at + 4 <= head.Length; at += 4)
            {
                if (IsHeic(head.Slice(at, 4)))
                    return Heic;
            }

            return null;
        }

        return major.StartsWith("iso"u8) || major.StartsWith("mp4"u8) || major.SequenceEqual("avc1"u8) || major.SequenceEqual("M4V "u8) || major.SequenceEqual("MSNV"u8)
            ? Mp4
            : null;
    }

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("heim"u8) || brand.SequenceEqual("heis"u8);

    private static bool Has(ReadOnlySpan<byte> head, int at, ReadOnlySpan<byte> text) => head.Length >= at + text.Length && head.Slice(at, text.Length).SequenceEqual(text);
}
