using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>一门主责、其他配合; 部门要求、街乡落实 (DOMAIN 3.2).</summary>
public sealed class DirectionTests
{
    private static readonly Officer Urban = TestCity.Dispatcher(TestCity.Urban);
    private static readonly Officer Water = TestCity.Dispatcher(TestCity.Water);

    [Fact]
    public void A_department_that_whistles_leads_and_the_others_cooperate()
    {
        var story = Story.CalledBy(TestCity.Urban);

        story.Whistle.Initiator.Text.ShouldBe(TestCity.Urban.Text);
        story.Whistle.ChangedProposal.ShouldBeNull();
        story.Whistle.Summonses.Select(summons => (summons.Department, summons.Role)).ShouldBe(
        [
            (TestCity.Urban, DutyRole.Lead),
            (TestCity.Water, DutyRole.Cooperating),
            (TestCity.Police, DutyRole.Cooperating),
            (TestCity.Weather, DutyRole.Notified),
        ]);
    }

    [Fact]
    public void It_judges_and_releases_the_others_but_not_itself()
    {
        var story = Story.CalledBy(TestCity.Urban);
        story.CheckIn(TestCity.Water).Resolve(TestCity.Water);
        story.Refused(new AcceptOutcome(story.Id, TestCity.Water), TestCity.Street).Code.ShouldBe("not-your-whistle");
        story.Do(new VetoOutcome(story.Id, TestCity.Water, "没有修好"), Urban).Resolve(TestCity.Water)
            .Do(new AcceptOutcome(story.Id, TestCity.Water), Urban)
            .Do(new ReleaseDepartment(story.Id, TestCity.Water, null), Urban);

        story.CheckIn(TestCity.Urban).Resolve(TestCity.Urban);
        story.Refused(new AcceptOutcome(story.Id, TestCity.Urban), Urban).Code.ShouldBe("own-whistle");
        story.Refused(new AcceptOutcome(story.Id, TestCity.Urban), Water).Code.ShouldBe("not-your-whistle");
        story.Accept(TestCity.Urban);
        story.Refused(new ReleaseDepartment(story.Id, TestCity.Urban, null), Urban).Code.ShouldBe("own-whistle");
        story.Do(new ReleaseDepartment(story.Id, TestCity.Urban, null), TestCity.Command);
        story[TestCity.Urban].State.ShouldBe(SummonsState.Settled);
    }

    [Fact]
    public void It_gives_time_to_the_others_and_none_to_itself()
    {
        var story = Story.CalledBy(TestCity.Urban);
        foreach (var department in new[] { TestCity.Water, TestCity.Urban })
        {
            story.AskExtension(department, Clock.CheckIn, story.Due(department, Clock.CheckIn).AddHours(1))
                .AskSuspension(department, DateOnly.FromDateTime(story.Now.DateTime).AddDays(3));
        }

        story.Do(new ApproveExtension(story.Id, TestCity.Water), Urban).Do(new ApproveSuspension(story.Id, TestCity.Water), Urban);
        foreach (var own in new WhistleCommand[]
        {
            new ApproveExtension(story.Id, TestCity.Urban), new RefuseExtension(story.Id, TestCity.Urban, "x"),
            new ApproveSuspension(story.Id, TestCity.Urban), new RefuseSuspension(story.Id, TestCity.Urban, "x"),
            new ReleaseCrew(story.Id, TestCity.Urban, 1, "x"),
        })
            story.Refused(own, Urban).Code.ShouldBe("own-whistle");
        story.Do(new ApproveExtension(story.Id, TestCity.Urban), TestCity.Street).Do(new ApproveSuspension(story.Id, TestCity.Urban), TestCity.Command)
            .Do(new EndSuspension(story.Id, TestCity.Urban, null), Urban);
    }

    [Fact]
    public void Its_own_ledger_entry_is_confirmed_and_moved_by_others()
    {
        var day = DateOnly.FromDateTime(TestCity.Morning.DateTime).AddDays(10);
        var story = Story.CalledBy(TestCity.Urban).CheckIn(TestCity.Urban);
        story.Do(story.ALedger(TestCity.Urban, day), Urban).Accept(TestCity.Urban).AskLedgerExtension(TestCity.Urban, day.AddDays(5));

        story.Refused(new ApproveLedgerExtension(story.Id, TestCity.Urban), Urban).Code.ShouldBe("own-whistle");
        story.Refused(new RefuseLedgerExtension(story.Id, TestCity.Urban, "x"), Urban).Code.ShouldBe("own-whistle");
        story.Do(new ApproveLedgerExtension(story.Id, TestCity.Urban), TestCity.Command).Complete(TestCity.Urban);
        story.Refused(new ConfirmLedger(story.Id, TestCity.Urban), Urban).Code.ShouldBe("own-whistle");
        story.Refused(new RefuseLedger(story.Id, TestCity.Urban, "x"), Urban).Code.ShouldBe("own-whistle");
        story.Do(new ConfirmLedger(story.Id, TestCity.Urban), TestCity.Street);
    }

    [Fact]
    public void Its_whistle_is_ended_by_the_subdistrict_or_the_command_centre_never_by_itself()
    {
        var story = Story.CalledBy(TestCity.Urban);
        foreach (var department in new[] { TestCity.Water, TestCity.Police })
            story.Do(new ReleaseDepartment(story.Id, department, "无需到场"), Urban);
        story.CheckIn(TestCity.Urban).Resolve(TestCity.Urban).Accept(TestCity.Urban).Release(TestCity.Urban);

        story.Refused(new CloseWhistle(story.Id, null), Urban).Code.ShouldBe("own-whistle");
        story.Refused(new WithdrawWhistle(story.Id, "x"), Urban).Code.ShouldBe("own-whistle");
        story.Refused(new CloseWhistle(story.Id, null), TestCity.FarCommand).Code.ShouldBe("not-your-whistle");
        story.Do(new CloseWhistle(story.Id, null), TestCity.Command).Whistle.Stage.ShouldBe(WhistleStage.Closed);
        Story.CalledBy(TestCity.Urban).Do(new WithdrawWhistle(Story.First, "误报"), TestCity.Street).Whistle.Stage.ShouldBe(WhistleStage.Withdrawn);
    }

    [Fact]
    public void A_subdistrict_that_a_department_calls_answers_like_a_department()
    {
        var party = TestCity.DonghuamenAsParty;
        var story = Story.Strict().Do(CallsTheStreet(), Urban);

        story.Refused(new SignSummons(story.Id, party), TestCity.Person("intruder", party.Text, Role.Dispatcher)).Code.ShouldBe("not-your-department");
        story.Do(new SignSummons(story.Id, party), TestCity.Street)
            .Do(story.ACheckIn(party), TestCity.Street)
            .Do(story.AResult(party), TestCity.Street);
        story.Refused(new AcceptOutcome(story.Id, party), TestCity.Street).Code.ShouldBe("not-your-whistle");
        story.Do(new AcceptOutcome(story.Id, party), Urban).Do(new ReleaseDepartment(story.Id, party, null), Urban);

        story.Refused(new CloseWhistle(story.Id, null), TestCity.Street).Code.ShouldBe("not-your-whistle", "it would close its own work");
        story.Do(new CloseWhistle(story.Id, null), TestCity.Command).Whistle.Stage.ShouldBe(WhistleStage.Closed);
    }

    [Fact]
    public void A_subdistrict_never_answers_for_a_department_nor_where_it_was_not_called()
    {
        var story = new Story().Blow();

        story.Refused(new SignSummons(story.Id, TestCity.DonghuamenAsParty), TestCity.Street).Code.ShouldBe("not-your-department");
        story.Refused(new SignSummons(story.Id, TestCity.Water), TestCity.Person("insider", TestCity.Water.Text, Role.SubdistrictOfficer)).Code.ShouldBe("not-your-department");
    }

    [Fact]
    public void Each_direction_is_allowed_by_the_pack_for_itself()
    {
        CityPack Allowing(params WhistleDirection[] directions) => TestCity.StrictPack with
        {
            BlowingPolicy = TestCity.StrictPack.Blowing with { Directions = [.. directions] },
        };

        new Story(pack: Allowing(WhistleDirection.DepartmentToSubdistricts)).Refused(Story.ABlow(), Urban).Code.ShouldBe("direction-not-allowed");
        new Story(pack: Allowing(WhistleDirection.DepartmentToDepartments)).Refused(CallsTheStreet(), Urban).Code.ShouldBe("direction-not-allowed");
        new Story(pack: Allowing(WhistleDirection.DepartmentToDepartments)).Refused(Story.ABlow(), TestCity.Street).Code.ShouldBe("direction-not-allowed");
        new Story(pack: Allowing(WhistleDirection.DepartmentToSubdistricts)).Do(CallsTheStreet(), Urban);
        new Story().Refused(Story.ABlow(), Urban).Code.ShouldBe("not-your-grid");
    }

    [Fact]
    public void A_department_whistles_only_where_it_serves()
    {
        Story.Strict().Refused(Story.ABlow(), TestCity.Dispatcher(TestCity.FarUrban)).Code.ShouldBe("department-of-another-district");
        Story.Strict().Refused(Story.ABlow(), TestCity.CrewOf(TestCity.Urban)).Code.ShouldBe("not-your-grid");
        Story.Strict().Do(Story.ABlow(), TestCity.Dispatcher(TestCity.Weather)).Whistle.Summonses[0].Department.ShouldBe(TestCity.Weather);
    }

    [Fact]
    public void A_matter_that_nobody_leads_goes_to_the_command_centre_and_says_so()
    {
        var story = Story.Strict().Do(Story.ABlow() with { Matter = TestCity.Orphan }, TestCity.Street);

        story.Whistle.Summonses.Select(summons => (summons.Department, summons.Role)).ShouldBe(
            [(TestCity.CommandCentre, DutyRole.Lead), (TestCity.Police, DutyRole.Cooperating)]);
        story.Whistle.Blowing.ShouldNotBeNull().Backstop.ShouldBeTrue();
        story.Whistle.ChangedProposal.ShouldBeNull();
        story.Caused.OfType<WhistleBlown>().Single().Summonses[0].Basis.ShouldBeNull();

        var other = Story.Strict().Do(
            Story.ABlow() with { Matter = TestCity.Orphan, Summon = [new SummonedDepartment(TestCity.Police, DutyRole.Lead)], ChangedProposal = "公安已到场" }, TestCity.Street);
        (other.Whistle.Blowing?.Backstop ?? false).ShouldBeFalse();
    }

    private static BlowWhistle CallsTheStreet() => Story.ABlow() with
    {
        Summon = ImmutableArray.Create(new SummonedDepartment(TestCity.DonghuamenAsParty, DutyRole.Lead)),
        ChangedProposal = "防汛值守",
    };

    [Fact]
    public void It_blows_again_and_keeps_the_lead()
    {
        var story = Story.CalledBy(TestCity.Urban);

        story.Refused(new BlowAgain(story.Id, "未见效", TestCity.Water, []), Urban).Code.ShouldBe("lead-is-not-initiator");
        story.Refused(new BlowAgain(story.Id, "未见效", null, []), Water).Code.ShouldBe("not-your-whistle");
        story.Do(new BlowAgain(story.Id, "未见效", null, []), Urban);

        story.Whistle.Round.ShouldBe(2);
        story.Whistle.Summonses.Single(summons => summons.Role == DutyRole.Lead).Department.ShouldBe(TestCity.Urban);
    }

    [Fact]
    public void It_chairs_its_conference_but_others_confirm_its_own_tasks()
    {
        var story = Story.CalledBy(TestCity.Urban);
        story.Do(story.AConference(), Urban);
        story.Whistle.Consultation!.Open!.Parties.ShouldContain(Urban.Organisation);
        story.Whistle.Consultation.Open.Parties.ShouldContain(TestCity.Street.Organisation);
        story.Refused(story.ADecision(), TestCity.Street).Code.ShouldBe("not-the-chair");
        story.Do(story.ADecision(Story.ATask(TestCity.Urban), Story.ATask(TestCity.Water)), Urban).Complete(1, TestCity.Urban).Complete(2, TestCity.Water);

        story.Refused(new ConfirmTask(story.Id, 1), Urban).Code.ShouldBe("own-whistle");
        story.Refused(new ReturnTask(story.Id, 1, "x"), Urban).Code.ShouldBe("own-whistle");
        story.Refused(new ConfirmTask(story.Id, 2), TestCity.Street).Code.ShouldBe("not-your-whistle");
        story.Do(new ConfirmTask(story.Id, 2), Urban).Do(new ConfirmTask(story.Id, 1), TestCity.Command);
    }

    [Fact]
    public void Only_others_void_and_reopen_what_it_blew()
    {
        var story = Story.CalledBy(TestCity.Urban);
        story.Refused(new VoidWhistle(story.Id, "x"), Urban).Code.ShouldBe("own-whistle");
        story.Refused(story.AReopening(), Urban).Code.ShouldBe("own-whistle");
        story.Do(new VoidWhistle(story.Id, "重复"), TestCity.Street);
        story.Whistle.Stage.ShouldBe(WhistleStage.Voided);
    }
}
