using CsCheck;
using Shouldly;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using WhistleActors.Planning.Models;
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

    [Fact]
    public void Every_choice_of_a_run_is_what_the_allocation_proposes_with_skills_and_pre_emption()
    {
        var pack = SkilledCity.Pack;
        var plan = SkilledCity.Plan(perHour: 5);
        var city = new CityModel(pack, plan);
        var choices = new List<SeenChoice>();
        new Replication(city, plan.Seed, 0, chosen: choices.Add).Run(TestContext.Current.CancellationToken)!.Broken.ShouldBeEmpty();

        foreach (var choice in choices)
        {
            var summonses = choice.Waiting.Select((one, number) => SummonsOf(city, one, number)).ToList();
            var crews = choice.Crews.Select((one, number) => CrewOf(city, one, number)).ToList();
            var proposed = AllocationRules.Propose(crews, summonses, pack.Allocation, new Seen(choice), Midnight.AddTicks(choice.Now)).Assignments.ShouldHaveSingleItem();
            choice.Waiting[summonses.FindIndex(summons => summons.Whistle == proposed.Whistle)].Summons.Number.ShouldBe(choice.Number);
            var asAdvised = choice.Crews[crews.FindIndex(crew => crew.Crew == proposed.Crew)];
            if (summonses.Count == 1)
                asAdvised.Crew.ShouldBe(choice.Crew);
            else
                Worth(choice).ShouldBe(Worth(choice with { Crew = asAdvised.Crew }), tolerance: 1e-3);
        }

        // The sample is worth it: crews that are taken, that cannot do it, and that are spared for what needs them.
        choices.Count(choice => choice.Crews.Single(crew => crew.Crew == choice.Crew).OnTheWay).ShouldBeGreaterThan(20);
        choices.Count(choice => choice.Crews.Any(crew => !crew.OnTheWay && !city.Crews.Can(crew.Crew, Asked(choice)))).ShouldBeGreaterThan(20);
        choices.Count(choice => Asked(choice) < 0 && choice.Crews.Any(crew => city.Crews.All[crew.Crew].Skills > city.Crews.All[choice.Crew].Skills)).ShouldBeGreaterThan(20);

        // Beside summonses that no crew can do, the solver counts no finer than a thousandth of a minute, and may take another crew that is as good.
        double Worth(SeenChoice choice)
        {
            var (place, crew) = (choice.Waiting.ToList().FindIndex(one => one.Summons.Number == choice.Number), choice.Crews.Single(one => one.Crew == choice.Crew));
            var (one, post) = (choice.Waiting[place], city.Crews.All[choice.Crew].Post);
            return city.Crews.Can(choice.Crew, one.Summons.Skill)
                ? Choice.Worth(pack.Allocation, one.Summons, new Open { Sent = one.Others, Unsent = one.Missing + 1 }, one.Near, crew.Travel[place], post >= 0 && post != city.SubdistrictOf[one.Summons.Grid], choice.Now)
                : double.NegativeInfinity;
        }

        static int Asked(SeenChoice choice) => choice.Waiting.Single(one => one.Summons.Number == choice.Number).Summons.Skill;
    }

    private static WaitingSummons SummonsOf(CityModel city, SeenWaiting one, int number)
    {
        var (summons, grid) = (one.Summons, city.Grids[one.Summons.Grid]);
        return new WaitingSummons(
            WhistleId.Parse($"110101001001001-{1_000_000 + summons.Number}"),
            (WhistleLevel)summons.Level,
            grid.Subdistrict,
            grid.District,
            new LonLat(0, number),
            Midnight.AddTicks(summons.Blown),
            Midnight.AddTicks(summons.Due),
            one.Others,
            one.Missing,
            one.Near,
            summons.Skill < 0 ? null : city.Skills[summons.Skill]);
    }

    // Which skills a crew has beside those that are asked for does not matter, but how many.
    private static AllocatableCrew CrewOf(CityModel city, SeenCrew one, int number)
    {
        var model = city.Crews.All[one.Crew];
        var asked = city.Skills.Where((_, skill) => city.Crews.Can(one.Crew, skill)).ToList();
        return new AllocatableCrew(
            CrewCode.Parse($"crew-{one.Crew:000}"),
            new LonLat(number, 0),
            model.Vehicle,
            model.Post < 0 ? null : city.Subdistricts[model.Post],
            [.. asked, .. Enumerable.Range(0, model.Skills - asked.Count).Select(more => SkillCode.Parse($"more-{more}"))],
            Preemptable: one.OnTheWay ? WhistleId.Parse("110101001001001-1") : null);
    }

    // Of two that are worth the same, each may take the other.
    private static void ShouldBeWorthMost(List<Case> cases, int proposed)
    {
        var worth = cases.Select(one => Choice.Worth(
            Policy,
            new Waiting(0, 0, 0, 0, (int)one.Level, -1, Now - Minutes(one.Waited), Now - Minutes(one.Waited), Now + Minutes(one.Left), 0, 0, 1),
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

    // Crews stand along the equator and summonses along the meridian, as above.
    private sealed class Seen(SeenChoice choice) : ITravel
    {
        public TimeSpan Estimate(Vehicle vehicle, LonLat from, LonLat to, DistrictCode district) => TimeSpan.FromTicks((long)choice.Crews[(int)from.Lon].Travel[(int)to.Lat]);
    }
}
