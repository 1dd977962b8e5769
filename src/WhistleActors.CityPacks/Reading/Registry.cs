using WhistleActors.Domain.Codes;

namespace WhistleActors.CityPacks.Reading;

/// <summary>The things of one kind by code. A code stays known when its row is unsound, so that one fault does not look like many.</summary>
internal sealed class Registry<TCode, TThing>
    where TCode : struct, ICode<TCode>
    where TThing : class
{
    private readonly Dictionary<TCode, int> lines = [];

    internal Dictionary<TCode, TThing> Things { get; } = [];

    internal IReadOnlyDictionary<TCode, int> Lines => lines;

    /// <summary>False when the file that declares the codes cannot be read: then none can be told to be unknown.</summary>
    internal bool IsReadable { get; set; } = true;

    internal bool Knows(TCode code) => !IsReadable || lines.ContainsKey(code);

    /// <summary>Declares a code; notes a fault when it is there already.</summary>
    internal bool Declare(TCode? code, string file, int line, FaultList faults)
    {
        if (code is not { } known)
            return false;
        if (lines.TryAdd(known, line))
            return true;
        faults.Add(file, line, CityPackFaultCode.DuplicateCode,
            $"代码 {known.Text} 重复，首次出现在第 {lines[known]} 行。",
            $"The code {known.Text} is there already, on line {lines[known]}.");
        return false;
    }
}
