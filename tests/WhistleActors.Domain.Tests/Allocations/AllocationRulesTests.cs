using CsCheck;
using Shouldly;
using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Travel;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Allocations;

public class AllocationRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly LonLat Centre = new(116.4, 39.9);
    private static readonly StraightLineTravel Travel = new(TravelPolicy.Default);
    private static readonly SkillCode Gas = SkillCode.Parse("gas");
    private static readonly AllocationPolicy Policy = AllocationPolicy.Default;

    private static readonly Gen<WaitingSummons> AnySummons =
        from level in Gen.Enum<WhistleLevel>()
        from waited in Gen.Int[0, 600]
        from left in Gen.Int[-120, 240]
        from others in Gen.Int[0, 3]
        from missing in Gen.Int[0, 3]
        from east in Gen.Int[0, 20_000]
        from needsSkill in Gen.Bool
        select Summons(1, level, waited, left, east) with { Others = others, Missing = missing, Skill = needsSkill ? Gas : null };

    private static readonly Gen<(List<AllocatableCrew> Crews, List<WaitingSummons> Waiting)> AnyMorning =
        from crews in Gen.Select(Gen.Int[0, 20_000], Gen.Bool, Gen.Int[0, 3]).List[0, 6]
        from waiting in AnySummons.List[0, 9]
        select (
            crews.Select((crew, i) => Crew(i + 1, crew.Item1) with
            {
                Skills = crew.Item2 ? [Gas] : [],
                FreeAt = crew.Item3 == 0 ? Now.AddMinutes(20) : null,
                Preemptable = crew.Item3 == 1 ? Whistle(900 + i) : null,
            }).ToList(),
            waiting.Select((summons, i) => summons with { Whistle = Whistle(i + 1) }).ToList());

    [Fact]
    public void Each_summons_is_either_assigned_or_queued_and_no_crew_goes_to_two_places() => AnyMorning.Sample(morning =>
    {
        var proposal = AllocationRules.Propose(morning.Crews, morning.Waiting, Policy, Travel, Now);
        proposal.Assignments.Select(assignment => assignment.Whistle).Concat(proposal.Queue.Select(queued => queued.Whistle))
            .ShouldBe(morning.Waiting.Select(summons => summons.Whistle), ignoreOrder: true);
        proposal.Assignments.Select(assignment => assignment.Crew).ShouldBeUnique();
    });

    [Fact]
    public void Only_a_crew_that_can_do_it_is_sent_and_only_an_emergency_takes_one_from_elsewhere() => AnyMorning.Sample(morning =>
    {
        foreach (var assignment in AllocationRules.Propose(morning.Crews, morning.Waiting, Policy, Travel, Now).Assignments)
        {
            var crew = morning.Crews.Single(crew => crew.Crew == assignment.Crew);
            var summons = morning.Waiting.Single(summons => summons.Whistle == assignment.Whistle);
            crew.Can(summons.Skill).ShouldBeTrue();
            crew.FreeAt.ShouldBeNull();
            assignment.TakenFrom.ShouldBe(crew.Preemptable);
            if (assignment.TakenFrom is not null)
                summons.Level.ShouldBe(WhistleLevel.Emergency);
        }
    });

    [Fact]
    public void No_emergency_waits_while_a_crew_that_could_serve_it_is_sent_to_less() => AnyMorning.Sample(morning =>
    {
        var proposal = AllocationRules.Propose(morning.Crews, morning.Waiting, Policy, Travel, Now);
        foreach (var queued in proposal.Queue)
        {
            var emergency = morning.Waiting.Single(summons => summons.Whistle == queued.Whistle);
            if (emergency.Level != WhistleLevel.Emergency)
                continue;
            foreach (var assignment in proposal.Assignments)
            {
                var crew = morning.Crews.Single(crew => crew.Crew == assignment.Crew);
                var served = morning.Waiting.Single(summons => summons.Whistle == assignment.Whistle);
                (crew.Can(emergency.Skill) && served.Level != WhistleLevel.Emergency).ShouldBeFalse();
            }
        }
    });

    [Fact]
    public void The_order_in_which_crews_and_summonses_are_listed_does_not_matter() => AnyMorning.Sample(morning =>
    {
        var one = AllocationRules.Propose(morning.Crews, morning.Waiting, Policy, Travel, Now);
        var other = AllocationRules.Propose([.. Enumerable.Reverse(morning.Crews)], [.. Enumerable.Reverse(morning.Waiting)], Policy, Travel, Now);
        other.Assignments.Select(assignment => (assignment.Whistle, assignment.Crew)).ShouldBe(one.Assignments.Select(assignment => (assignment.Whistle, assignment.Crew)));
        other.Queue.ShouldBe(one.Queue);
    });

    [Fact]
    public void Of_two_crews_that_would_come_at_the_same_time_the_skilled_one_is_kept_for_what_needs_the_skill_however_they_are_listed()
    {
        var (skilled, other) = (Crew(1, 0) with { FreeAt = Now.AddMinutes(20), Skills = [Gas] }, Crew(2, 0) with { FreeAt = Now.AddMinutes(20) });
        var (anyone, gas) = (Summons(1, WhistleLevel.Daily, waited: 90, left: 60, east: 0), Summons(2, WhistleLevel.Daily, waited: 5, left: 60, east: 0) with { Skill = Gas });
        foreach (var crews in new[] { new[] { skilled, other }, [other, skilled] })
        {
            AllocationRules.Propose(crews, [anyone, gas], Policy, Travel, Now).Queue.ShouldAllBe(queued => queued.ExpectedAt == Now.AddMinutes(20 + 3));
            AllocationRules.Propose([.. crews.Select(crew => crew with { FreeAt = null })], [anyone], Policy, Travel, Now).Assignments.Single().Crew.ShouldBe(other.Crew);
        }
    }

    [Fact]
    public void Nobody_starves_whoever_waits_long_enough_comes_before_all_that_is_asked_for_now() => AnySummons.Sample(fresh =>
    {
        var old = Summons(1, WhistleLevel.Daily, waited: 24 * 60 * 3, left: -500, east: 20_000);
        var newest = fresh with { Whistle = Whistle(2), AskedAt = Now, Skill = null, Level = fresh.Level == WhistleLevel.Emergency ? WhistleLevel.Campaign : fresh.Level };
        AllocationRules.Propose([Crew(1, 0)], [old, newest], Policy, Travel, Now).Assignments.Single().Whistle.ShouldBe(old.Whistle);
    });

    [Fact]
    public void A_whistle_that_lacks_only_this_department_comes_before_one_that_begins()
    {
        var begins = Summons(1, WhistleLevel.Daily, waited: 5, left: 60, east: 0) with { Missing = 2 };
        var completes = Summons(2, WhistleLevel.Daily, waited: 5, left: 60, east: 0) with { Others = 2 };
        AllocationRules.Propose([Crew(1, 0)], [begins, completes], Policy, Travel, Now).Assignments.Single().Whistle.ShouldBe(completes.Whistle);
    }

    [Fact]
    public void Of_two_crews_each_goes_to_what_is_near_it()
    {
        var proposal = AllocationRules.Propose(
            [Crew(1, 0), Crew(2, 10_000)],
            [Summons(1, WhistleLevel.Daily, 5, 60, east: 9_000), Summons(2, WhistleLevel.Daily, 5, 60, east: 1_000)],
            Policy,
            Travel,
            Now);
        proposal.Assignments.OrderBy(assignment => assignment.Whistle.Text, StringComparer.Ordinal).Select(assignment => assignment.Crew)
            .ShouldBe([CrewCode.Parse("crew-2"), CrewCode.Parse("crew-1")]);
    }

    [Fact]
    public void What_cannot_be_served_now_is_told_when_a_crew_will_be_there()
    {
        var (first, second) = (Summons(1, WhistleLevel.Campaign, 5, 60, east: 0), Summons(2, WhistleLevel.Daily, 5, 300, east: 0));
        var proposal = AllocationRules.Propose([Crew(1, 0)], [first, second], Policy, Travel, Now);
        var queued = proposal.Queue.Single();
        queued.Whistle.ShouldBe(second.Whistle);

        // Three minutes to set out, ninety of work at the first, three to set out again.
        queued.ExpectedAt.ShouldBe(Now.AddMinutes(3 + 90 + 3));
        queued.InTime.ShouldBeTrue();
    }

    [Fact]
    public void What_no_crew_can_do_is_promised_to_nobody() =>
        AllocationRules.Propose([Crew(1, 0)], [Summons(1, WhistleLevel.Daily, 5, 60, 0) with { Skill = Gas }], Policy, Travel, Now)
            .Queue.Single().ExpectedAt.ShouldBeNull();

    [Fact]
    public void A_level_that_is_throttled_waits_visibly_at_the_end_of_the_queue_and_is_not_expected_before_it_is_let_go()
    {
        var held = Summons(1, WhistleLevel.Daily, 500, 0, 0) with { HeldUntil = Now.AddMinutes(45) };
        var proposal = AllocationRules.Propose([Crew(1, 0)], [held, Summons(2, WhistleLevel.Daily, 5, 60, 0)], Policy, Travel, Now);
        proposal.Assignments.Single().Whistle.ShouldBe(Whistle(2));
        var queued = proposal.Queue.Single();
        queued.Held.ShouldBeTrue();
        queued.ExpectedAt!.Value.ShouldBeGreaterThanOrEqualTo(Now.AddMinutes(45));

        // Where the crew is free earlier, it is there as soon as it may go.
        AllocationRules.Propose([Crew(1, 0)], [held], Policy, Travel, Now).Queue.Single().ExpectedAt!.Value.ShouldBeInRange(Now.AddMinutes(45), Now.AddMinutes(50));
    }

    [Fact]
    public void Whistles_near_each_other_in_place_and_time_are_offered_as_one_trip()
    {
        var proposal = AllocationRules.Propose(
            [Crew(1, 0)],
            [Summons(1, WhistleLevel.Campaign, 5, 60, 0), Summons(2, WhistleLevel.Daily, 5, 60, 200), Summons(3, WhistleLevel.Daily, 5, 60, 2_000)],
            Policy,
            Travel,
            Now);
        proposal.Assignments.Single().OnTheSameTrip.ShouldBe([Whistle(2)]);
    }

    [Fact]
    public void No_crews_at_all_is_an_answer_too() =>
        AllocationRules.Propose([], [Summons(1, WhistleLevel.Emergency, 0, 10, 0)], Policy, Travel, Now).Queue.Single().ExpectedAt.ShouldBeNull();

    private static WhistleId Whistle(int number) => WhistleId.Parse($"110101001001001-{number}");

    private static AllocatableCrew Crew(int number, double east) => new(CrewCode.Parse($"crew-{number}"), East(east), Vehicle.Car, null, []);

    private static WaitingSummons Summons(int number, WhistleLevel level, int waited, int left, double east) => new(
        Whistle(number), level, SubdistrictCode.Parse("110101001"), DistrictCode.Parse("110101"), East(east), Now.AddMinutes(-waited), Now.AddMinutes(left));

    private static LonLat East(double metres) => new(Centre.Lon + (metres / 85_300), Centre.Lat);
}
