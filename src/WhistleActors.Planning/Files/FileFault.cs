using WhistleActors.Domain;

namespace WhistleActors.Planning.Files;

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="File">The file as the reader was told its name.</param>
/// <param name="Line">The line, counted from 1; 0 when the fault concerns the file as a whole.</param>
/// <param name="Code">The stable code of the kind of fault, one of <see cref="FileFaultCode"/> or of the reader's own.</param>
/// <param name="Text">What is wrong, for people.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) to the value; empty when the fault concerns the file as a whole.</param>
public sealed record FileFault(string File, int Line, string Code, LocalizedText Text, string Pointer = "")
{
    /// <summary>The fault in one line, in English.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Code}: {Text.En}" : $"{File}:{Line}: {Code}: {Text.En}";

    /// <summary>The fault in one line, in Chinese.</summary>
    public string ToChinese() => Line == 0 ? $"{File}：{Text.Zh}（{Code}）" : $"{File} 第 {Line} 行：{Text.Zh}（{Code}）";
}
