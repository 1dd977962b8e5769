namespace WhistleActors.CityPacks.Reading;

/// <summary>A file of a pack, uncompressed and known to be UTF-8, without byte order mark.</summary>
internal sealed record PackText(string File, ReadOnlyMemory<byte> Utf8);
