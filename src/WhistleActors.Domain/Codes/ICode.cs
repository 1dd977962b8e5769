namespace WhistleActors.Domain.Codes;

/// <summary>A code of the field: a short text that is checked once, where it enters, and is never a bare string inside.</summary>
public interface ICode<TSelf>
    where TSelf : struct, ICode<TSelf>
{
    /// <summary>The code as it is written everywhere: in the API, the journal and the city pack.</summary>
    string Text { get; }

    /// <summary>Reads a code; false when <paramref name="text"/> is not one.</summary>
    static abstract bool TryParse(string? text, out TSelf code);

    /// <summary>Reads a code.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not such a code.</exception>
    static abstract TSelf Parse(string? text);
}
