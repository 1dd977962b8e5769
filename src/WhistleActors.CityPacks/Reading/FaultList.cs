using System.Collections.Immutable;
using WhistleActors.Domain;

namespace WhistleActors.CityPacks.Reading;

/// <summary>The faults found so far.</summary>
internal sealed class FaultList
{
    private readonly List<CityPackFault> faults = [];

    internal bool Any => faults.Count > 0;

    internal void Add(string file, int line, string code, string zh, string en) =>
        faults.Add(new CityPackFault(file, line, code, new LocalizedText(zh, en)));

    internal ImmutableArray<CityPackFault> InOrder() =>
        [.. faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line).ThenBy(fault => fault.Code, StringComparer.Ordinal)];
}
