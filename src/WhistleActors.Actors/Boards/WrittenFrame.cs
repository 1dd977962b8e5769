using System.IO.Compression;
using WhistleActors.Contract.Boards;

namespace WhistleActors.Actors.Boards;

/// <summary>A frame as it goes out, written once for all who stand at the same place.</summary>
/// <param name="Scope">The board that it is of.</param>
/// <param name="Utf8">A <see cref="BoardFrame"/> as UTF-8 JSON.</param>
/// <param name="To">The position after it.</param>
/// <param name="AtHead">False when there is more to read at once.</param>
/// <param name="IsEmpty">True when no entity is in it.</param>
public sealed record WrittenFrame(BoardScope Scope, ReadOnlyMemory<byte> Utf8, long To, bool AtHead, bool IsEmpty)
{
    // Below this a packet is not filled anyway.
    private const int WorthPacking = 1_024;

    private byte[]? packed;
    private object? message;

    /// <summary>The same, compressed (gzip) when it is large; which of the two it is, its first byte tells: JSON begins with a brace.</summary>
    public ReadOnlyMemory<byte> Packed => Utf8.Length < WorthPacking ? Utf8 : packed ??= Pack();

    /// <summary>The message that a transport makes of the frame, made once for all its readers.</summary>
    public T Message<T>(Func<WrittenFrame, T> make)
        where T : class => (T)(Volatile.Read(ref message) ?? Interlocked.CompareExchange(ref message, make(this), null) ?? message);

    private byte[] Pack()
    {
        using var buffer = new MemoryStream(Utf8.Length / 4);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(Utf8.Span);
        return buffer.ToArray();
    }
}
