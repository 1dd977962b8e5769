using WhistleActors.Domain;

namespace WhistleActors.CityPacks;

/// <summary>One thing that is wrong with a city pack.</summary>
/// <param name="File">The file in the pack's folder, as it is named there.</param>
/// <param name="Line">The line, counted from 1, in the uncompressed text; 0 when the fault concerns the file as a whole.</param>
/// <param name="Code">The stable code of the kind of fault, one of <see cref="CityPackFaultCode"/>.</param>
/// <param name="Text">What is wrong, for people.</param>
public sealed record CityPackFault(string File, int Line, string Code, LocalizedText Text)
{
    public override string ToString() => Line == 0 ? $"{File}: {Code}: {Text.En}" : $"{File}:{Line}: {Code}: {Text.En}";
}
