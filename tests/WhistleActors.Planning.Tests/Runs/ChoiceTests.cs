using CsCheck;
using Shouldly;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Runs;
using Xunit;

namespace WhistleActors.Planning.Tests.Runs;

/// <summary>A run chooses without a solver; the department's allocation must choose the same.</summary>
public class ChoiceTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 7, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly long Now = TimeSpan.FromHours(30).Ticks;
    private static readonly AllocationPolicy Policy = AllocationPolicy.Default;

    private static readonly Gen<Case> AnyCase =
        from level in Gen.Enum<WhistleLevel>()
        from waited in Gen.Int[0, 600]
        from left in Gen.Int[-120, 240]
        from sent in Gen.Int[0, 3]
        from unsent in Gen.Int[1, 4]
        from near in Gen.Int[0, 4]
        from travel in Gen.Int[0, 120]
        from elsewhere in Gen.Bool
        select new Case(level, waited, left, sent, unsent, near, travel, elsewhere);

    [Fact]
    public void One_crew_goes_where_the_allocation_would_send_it() => AnyCase.List[1, 8].Sample(cases =>
    {
        // The crew is posted to the first subdistrict; what lies elsewhere is in the second.
        var waiting = cases.Select((one, number) => one.Summons(number)).ToList();
        var proposed = AllocationRules.Propose([Crew(0, Subdistrict(0))], waiting, Policy, new Given(cases), Midnight.AddTicks(Now)).Assignments.Single();
        ShouldBeWorthMost(cases, waiting.FindIndex(summons => summons.Whistle == proposed.Whistle));
    });

    [Fact]
    public void One_summons_is_served_by_the_crew_that_the_allocation_would_send() => AnyCase.List[1, 8].Sample(cases =>
    {
        // One summons, as each crew sees it from where it is.
        var seen = cases.Select(one => cases[0] with { Travel = one.Travel, Elsewhere = one.Elsewhere }).ToList();
        var summons = cases[0].Summons(0) with { Subdistrict = Subdistrict(0) };
        var crews = seen.Select((one, number) => Crew(number, Subdistrict(one.Elsewhere ? 1 : 0))).ToList();
        var proposed = AllocationRules.Propose(crews, [summons], Policy, new Given(seen), Midnight.AddTicks(Now)).Assignments.Single();
        ShouldBeWorthMost(seen, crews.FindIndex(crew => crew.Crew == proposed.Crew));
    });

    // Of two that are worth the same, each may take the other.
    private static void ShouldBeWorthMost(List<Case> cases, int proposed)
    {
        var worth = cases.Select(one => Choice.Worth(
            Policy,
            new Waiting(0, 0, 0, 0, (int)one.Level, Now - Minutes(one.Waited), Now + Minutes(one.Left), 0, 0, 1),
            new Open { Sent = one.Sent, Unsent = one.Unsent },
            one.Near,
            Minutes(one.Travel),
            one.Elsewhere,
            Now)).ToList();
        worth[proposed].ShouldBe(worth.Max(), tolerance: 1e-6);
    }

    private static long Minutes(int minutes) => minutes * TimeSpan.TicksPerMinute;

    private static SubdistrictCode Subdistrict(int number) => SubdistrictCode.Parse($"11010100{number}");

    private static AllocatableCrew Crew(int number, SubdistrictCode post) => new(CrewCode.Parse($"crew-{number}"), new LonLat(number, 0), Vehicle.Car, post, []);

    private sealed record Case(WhistleLevel Level, int Waited, int Left, int Sent, int Unsent, int Near, int Travel, bool Elsewhere)
    {
        internal WaitingSummons Summons(int number) => new(
            WhistleId.Parse($"110101001001001-{number + 1}"),
            Level,
            Subdistrict(Elsewhere ? 1 : 0),
            DistrictCode.Parse("110101"),
            new LonLat(0, number),
            Midnight.AddTicks(Now).AddMinutes(-Waited),
            Midnight.AddTicks(Now).AddMinutes(Left),
            Sent,
            Unsent - 1,
            Near);
    }

    // Crews stand along the equator, summonses along the meridian; either there is one crew or one summons.
    private sealed class Given(List<Case> cases) : ITravel
    {
        public TimeSpan Estimate(Vehicle vehicle, LonLat from, LonLat to, DistrictCode district) =>
            TimeSpan.FromMinutes(cases[(int)Math.Max(from.Lon, to.Lat)].Travel);
    }
}
