using Shouldly;
using WhistleActors.Domain.Geography;
using WhistleActors.Simulator.Plans;
using Xunit;

namespace WhistleActors.Simulator.Tests.Plans;

public sealed class PlannerTests
{
    private static readonly Temper Temper = new(Late: 0.2, Never: 0.1, Veto: 0.1, Ledger: 0.3, Withdraw: 0.05, Stray: 0.02);

    [Fact]
    public void The_same_seed_plans_the_same_whatever_the_order_of_asking()
    {
        var (one, other) = (new Planner(5, SampleCity.Map(), Temper), new Planner(5, SampleCity.Map(), Temper));

        var forward = Enumerable.Range(1, 50).Select(number => (one.Whistle(number, 0.5), one.Summons(number, "a"))).ToList();
        var backward = Enumerable.Range(1, 50).Reverse().Select(number => (other.Whistle(number, 0.5), other.Summons(number, "a"))).Reverse().ToList();

        backward.ShouldBe(forward);
        new Planner(6, SampleCity.Map(), Temper).Whistle(1, 0.5).ShouldNotBe(forward[0].Item1);
    }

    [Fact]
    public void Neighbouring_numbers_and_departments_have_nothing_to_do_with_each_other()
    {
        var planner = new Planner(1, SampleCity.Map(), Temper);

        Enumerable.Range(1, 200).Select(number => planner.Summons(number, "a").Travel).Distinct().Count().ShouldBe(200);
        Enumerable.Range(1, 200).Count(number => planner.Summons(number, "a").Travel < planner.Summons(number, "b").Travel).ShouldBeInRange(70, 130);
    }

    [Fact]
    public void The_shares_are_kept()
    {
        var planner = new Planner(1, SampleCity.Map(), Temper);
        var plans = Enumerable.Range(1, 5_000).Select(number => planner.Summons(number, "a")).ToList();

        plans.Count(plan => plan.Attendance == Attendance.Late).ShouldBeInRange(850, 1_150);
        plans.Count(plan => plan.Attendance == Attendance.Never).ShouldBeInRange(400, 600);
        plans.Count(plan => plan.Ledgers).ShouldBeInRange(1_350, 1_650);
        plans.Count(plan => plan.Proof == Proof.Witnessed).ShouldBeInRange(120, 280);
    }

    [Fact]
    public void A_spot_lies_in_the_grid_in_the_datum_that_it_names()
    {
        var city = SampleCity.Map();
        var planner = new Planner(1, city, Temper);
        var plans = Enumerable.Range(1, 500).Select(number => planner.Whistle(number, 0.5)).Where(plan => plan.Request.Place is not null).ToList();

        plans.Select(plan => plan.Request.Place!.Datum).Distinct().Count().ShouldBe(2);
        foreach (var plan in plans)
        {
            var place = plan.Request.Place!;
            var datum = place.Datum == "gcj02" ? Datum.Gcj02 : Datum.Wgs84;
            city.Cell(plan.Grid).Area.Contains(new Position(place.Lon!.Value, place.Lat!.Value, datum).ToWgs84()).ShouldBeTrue();
        }
    }

    [Fact]
    public void Elsewhere_people_write_english_and_phones_measure_in_wgs84()
    {
        var planner = new Planner(1, SampleCity.Map("America/New_York"), Temper);
        var plans = Enumerable.Range(1, 200).Select(number => planner.Whistle(number, 0.5)).ToList();

        plans.ShouldAllBe(plan => plan.Request.Description!.All(char.IsAscii));
        plans.ShouldAllBe(plan => plan.Request.Place == null || plan.Request.Place.Datum == "wgs84");
        Enumerable.Range(1, 500).Select(number => planner.Summons(number, "a").Proof).ShouldNotContain(Proof.InsideGcj02);
    }

    [Fact]
    public void Emergencies_are_of_the_emergency_kind()
    {
        var planner = new Planner(1, SampleCity.Map(), Temper);
        var plans = Enumerable.Range(1, 400).Select(number => planner.Whistle(number, 0.5)).ToList();

        plans.ShouldAllBe(plan => (plan.Request.Matter == "20401") == (plan.Request.Level == "emergency"));
        plans.Count(plan => plan.Request.Level == "emergency").ShouldBeInRange(150, 250);
    }
}
