using System.Collections.Frozen;
using System.Collections.Immutable;
using CsCheck;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Disputes;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Disputes;

/// <summary>Rulings are found when the same matter comes again, and change the next proposal.</summary>
public sealed class PrecedentTests
{
    private static readonly DateOnly Today = new(2026, 3, 11);

    [Fact]
    public void A_ruling_is_a_precedent_and_a_referral_is_none()
    {
        var story = new Story().Blow().Dispute(TestCity.Water).Refer(TestCity.Water);
        Precedent.Of(story.Whistle, story.Caused.OfType<DisputeRuled>().Single()).ShouldBeNull();

        story.Reassign(TestCity.Water, TestCity.Urban);

        Precedent.Of(story.Whistle, story.Caused.OfType<DisputeRuled>().Single()).ShouldBe(new Precedent(
            TestCity.BurstMain, TestCity.Dongcheng, TestCity.Water, DutyRole.Lead, RulingKind.Reassigned, TestCity.Urban,
            "应由另一部门承担", "市容条例第三十条", story.Now, story.Id));
    }

    [Fact]
    public void What_was_ruled_in_an_exercise_is_no_precedent()
    {
        var story = new Story().Do(Story.ABlow() with { Exercise = true }, TestCity.Street).Dispute(TestCity.Water).Reassign(TestCity.Water, TestCity.Urban);

        Precedent.Of(story.Whistle, story.Caused.OfType<DisputeRuled>().Single()).ShouldBeNull();
    }

    [Fact]
    public void A_reassignment_changes_the_next_proposal_and_is_cited_as_its_basis()
    {
        var ruling = Ruled(TestCity.Water, TestCity.Weather);

        var proposal = Propose(Precedents.None.With(ruling));

        proposal[0].ShouldBe(new ProposedSummons(TestCity.Weather, DutyRole.Lead, $"市容条例第三十条 ({ruling.Whistle})", Ruling: ruling));
        proposal.Select(summons => summons.Department).ShouldBe([TestCity.Weather, TestCity.Urban, TestCity.Police], "who leads is not told besides");
    }

    [Fact]
    public void The_next_whistle_summons_as_was_ruled_and_that_counts_as_the_proposal()
    {
        var story = new Story { Precedents = Precedents.None.With(Ruled(TestCity.Water, TestCity.Urban)) }.Blow();

        story.Whistle.Summonses.Select(summons => (summons.Department, summons.Role)).ShouldBe(
            [(TestCity.Urban, DutyRole.Lead), (TestCity.Police, DutyRole.Cooperating), (TestCity.Weather, DutyRole.Notified)]);
        story.Caused.OfType<WhistleBlown>().Single().Summonses[0].Basis.ShouldStartWith("市容条例第三十条");
        story.Whistle.ChangedProposal.ShouldBeNull();
        story.Refused(Story.ABlow() with { Summon = [new(TestCity.Water, DutyRole.Lead)] }, TestCity.Street).Code.ShouldBe("reason-for-change-missing");
    }

    [Fact]
    public void An_upheld_summons_leaves_the_list_as_it_is() =>
        Propose(Precedents.None.With(Ruled(TestCity.Water, null)))[0].ShouldBe(new ProposedSummons(TestCity.Water, DutyRole.Lead, "供水条例第十二条"));

    [Fact]
    public void The_newest_ruling_wins_whichever_way_it_went()
    {
        var precedents = Precedents.None.With(Ruled(TestCity.Water, TestCity.Weather)).With(Ruled(TestCity.Water, TestCity.Urban, minutes: 5));
        Propose(precedents)[0].Department.ShouldBe(TestCity.Urban);

        Propose(precedents.With(Ruled(TestCity.Water, null, minutes: 6)))[0].Department.ShouldBe(TestCity.Water);
        Propose(precedents.With(Ruled(TestCity.Water, null, minutes: -6)))[0].Department.ShouldBe(TestCity.Urban, "an older ruling that is heard later");
    }

    [Fact]
    public void Who_was_ruled_to_come_may_have_been_let_go_since()
    {
        var precedents = Precedents.None.With(Ruled(TestCity.Water, TestCity.Weather)).With(Ruled(TestCity.Weather, TestCity.Police, minutes: 5));
        Propose(precedents)[0].Department.ShouldBe(TestCity.Police);

        Propose(precedents.With(Ruled(TestCity.Police, TestCity.Water, minutes: 6)))[0].Department.ShouldBe(TestCity.Water, "round in a circle, and to its end");
    }

    [Fact]
    public void A_ruling_holds_in_its_district_for_its_matter_and_role_only()
    {
        var ruling = Ruled(TestCity.Water, TestCity.Weather);

        Propose(Precedents.None.With(ruling with { District = TestCity.Chaoyang }))[0].Department.ShouldBe(TestCity.Water);
        Propose(Precedents.None.With(ruling with { Matter = TestCity.Stalls }))[0].Department.ShouldBe(TestCity.Water);
        Propose(Precedents.None.With(ruling with { Role = DutyRole.Cooperating }))[0].Department.ShouldBe(TestCity.Water);
    }

    [Fact]
    public void A_duty_that_began_after_the_ruling_wins_over_it()
    {
        var ruled = Ruled(TestCity.Water, TestCity.Weather);
        Propose(Precedents.None.With(ruled), changedOn: new DateOnly(2026, 3, 10))[0].Department.ShouldBe(TestCity.Weather, "the ruling knew that duty");
        Propose(Precedents.None.With(ruled), changedOn: new DateOnly(2026, 3, 11))[0].Department.ShouldBe(TestCity.Water);
    }

    [Fact]
    public void Who_is_not_in_the_city_pack_any_more_is_not_proposed() =>
        Propose(Precedents.None.With(Ruled(TestCity.Water, DepartmentCode.Parse("atlantis"))))[0].Department.ShouldBe(TestCity.Water);

    [Fact]
    public void Only_the_newest_of_a_matter_in_a_district_are_kept()
    {
        var precedents = Enumerable.Range(0, 30).Aggregate(Precedents.None, (all, i) => all.With(Ruled(TestCity.Water, TestCity.Urban, minutes: i)));

        precedents.Of(TestCity.BurstMain).Select(precedent => (precedent.At - TestCity.Morning).TotalMinutes)
            .ShouldBe(Enumerable.Range(20, 10).Reverse().Select(i => (double)i));
        precedents.Of(TestCity.Stalls).ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_was_ruled_a_proposal_has_one_lead_nobody_twice_and_nobody_of_another_district()
    {
        DepartmentCode[] all = [TestCity.Water, TestCity.Urban, TestCity.Police, TestCity.Weather, TestCity.FarUrban];
        var ruling = Gen.Select(Gen.Int[0, 4], Gen.Int[-1, 4], Gen.Bool, Gen.Int[0, 20],
            (of, to, lead, minutes) => Ruled(all[of], to < 0 ? null : all[to], minutes) with { Role = lead ? DutyRole.Lead : DutyRole.Cooperating });
        ruling.Array[0, 12].Sample(rulings =>
        {
            var proposal = Propose(rulings.Aggregate(Precedents.None, (kept, one) => kept.With(one)));
            proposal.Count(summons => summons.Role == DutyRole.Lead).ShouldBe(1);
            proposal[0].Role.ShouldBe(DutyRole.Lead);
            proposal.Select(summons => summons.Department).ShouldBeUnique();
            proposal.Select(summons => TestCity.Pack.Departments[summons.Department]).ShouldAllBe(department => department.Serves(TestCity.Dongcheng));
        });
    }

    private static ImmutableArray<ProposedSummons> Propose(Precedents precedents, DateOnly? changedOn = null)
    {
        var duties = TestCity.Pack.Duties.ToDictionary(entry => entry.Key, entry => entry.Value);
        if (changedOn is { } day)
            duties[TestCity.BurstMain] = [.. duties[TestCity.BurstMain].Select(duty => duty.Role == DutyRole.Cooperating ? duty with { ValidFrom = day } : duty)];
        return DutyList.Propose(TestCity.Pack with { Duties = duties.ToFrozenDictionary() }, TestCity.BurstMain, TestCity.Dongcheng, Today, precedents);
    }

    private static Precedent Ruled(DepartmentCode department, DepartmentCode? instead, int minutes = 0) => new(
        TestCity.BurstMain, TestCity.Dongcheng, department, DutyRole.Lead, instead is null ? RulingKind.Upheld : RulingKind.Reassigned, instead,
        "应由另一部门承担", "市容条例第三十条", TestCity.Morning.AddMinutes(minutes), new WhistleId(TestCity.Home, 7));
}
