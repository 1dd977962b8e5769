using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;

namespace WhistleActors.CityPacks;

/// <summary>What came of reading a pack: the whole city, or everything that is wrong with it.</summary>
public abstract record CityPackReading
{
    private CityPackReading()
    {
    }

    /// <summary>The pack is sound.</summary>
    public sealed record Loaded(CityPack Pack) : CityPackReading;

    /// <summary>The pack is refused; at least one fault, in order of file and line.</summary>
    public sealed record Refused(ImmutableArray<CityPackFault> Faults) : CityPackReading;
}
