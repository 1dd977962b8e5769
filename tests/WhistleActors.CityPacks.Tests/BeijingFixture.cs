using WhistleActors.Domain.CityPacks;

namespace WhistleActors.CityPacks.Tests;

/// <summary>The beijing pack, read once for all tests of a class.</summary>
public sealed class BeijingFixture
{
    public CityPack Pack { get; } = CityPackReader.Read(Repository.Pack("beijing")) switch
    {
        CityPackReading.Loaded loaded => loaded.Pack,
        CityPackReading.Refused refused => throw new InvalidOperationException(string.Join('\n', refused.Faults.Take(20))),
        _ => throw new InvalidOperationException(),
    };
}
