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
    private byte[]? packed;
    private object? message;

    /// <summary>The same, compressed (gzip) when it is large; which of the two it is, its first byte tells: JSON begins with a brace.</summary>
    public ReadOnlyMemory<byte> Packed => Utf8.Length < PackedJson.Worth ? Utf8 : packed ??= PackedJson.Pack(Utf8.Span);

    /// <summary>The message that a transport makes of the frame, made once for all its readers.</summary>
    public T Message<T>(Func<WrittenFrame, T> make)
        where T : class => (T)(Volatile.Read(ref message) ?? Interlocked.CompareExchange(ref message, make(this), null) ?? message);
}
