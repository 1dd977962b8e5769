using System.Collections.Immutable;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Boards;

/// <summary>A whistle of which a board test cares for some parts only.</summary>
internal static class SomeWhistle
{
    /// <summary>An emergency of the old town that summons the waterworks.</summary>
    public static Whistle Of(WhistleId id, long version, WhistleStage stage = WhistleStage.Open) => new(
        id,
        version,
        ExampleCity.OldTown,
        DistrictCode.Parse(id.Grid.Text[..6]),
        ExampleCity.BurstMain,
        WhistleOccasion.Emergency,
        WhistleLevel.Emergency,
        WhistleChain.Service,
        1,
        "x",
        null,
        "example/1",
        null,
        ExampleCity.Morning,
        ExampleCity.Street,
        [new Summons(ExampleCity.Waterworks, DutyRole.Lead, null, null, null, null, null, null, ImmutableArray<Veto>.Empty, null, null, null)],
        stage == WhistleStage.Open ? null : Ended(stage));

    /// <summary>How a whistle ended this morning.</summary>
    public static Ending Ended(WhistleStage stage) => new(stage, ExampleCity.Morning, ExampleCity.Street, null);
}
