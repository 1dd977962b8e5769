namespace WhistleActors.Journal.Copies;

/// <summary>Why a journal was not copied, or why a copy cannot be trusted.</summary>
public sealed class JournalCopyException : JournalException
{
    /// <summary>Creates the exception without a text.</summary>
    public JournalCopyException()
    {
    }

    /// <summary>Creates the exception with a text for operators.</summary>
    public JournalCopyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text for operators and what the driver said.</summary>
    public JournalCopyException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a stable code and its text in both languages.</summary>
    public JournalCopyException(string code, string english, string chinese, Exception? innerException = null)
        : base($"{english} {chinese}", innerException) => Code = code;

    /// <summary>Names the reason; never changes.</summary>
    public string Code { get; } = "";
}
