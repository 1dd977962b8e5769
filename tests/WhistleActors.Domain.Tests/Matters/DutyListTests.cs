using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Tests.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Matters;

public sealed class DutyListTests
{
    [Fact]
    public void The_lead_comes_first_then_who_cooperates_then_who_is_told_each_with_its_basis()
    {
        var proposal = DutyList.Propose(TestCity.Pack, TestCity.BurstMain, TestCity.Dongcheng, new DateOnly(2026, 3, 10));

        proposal.ShouldBe(
        [
            new ProposedSummons(TestCity.Water, DutyRole.Lead, "供水条例第十二条"),
            new ProposedSummons(TestCity.Urban, DutyRole.Cooperating, "城市管理条例第九条"),
            new ProposedSummons(TestCity.Police, DutyRole.Cooperating, "道路交通安全法第五条"),
            new ProposedSummons(TestCity.Weather, DutyRole.Notified, "气象法第二十七条"),
        ]);
    }

    [Fact]
    public void A_duty_holds_from_its_first_day_to_its_last()
    {
        LeadOn(2026, 6, 30).ShouldBe((TestCity.Urban, 1));
        LeadOn(2026, 7, 1).ShouldBe((TestCity.Police, 2));
        LeadOn(2010, 1, 1).ShouldBe((TestCity.Urban, 1));
        DutyList.Propose(TestCity.Pack, TestCity.Stalls, TestCity.Dongcheng, new DateOnly(2009, 12, 31)).ShouldBeEmpty();

        static (DepartmentCode, int) LeadOn(int year, int month, int day)
        {
            var proposal = DutyList.Propose(TestCity.Pack, TestCity.Stalls, TestCity.Dongcheng, new DateOnly(year, month, day));
            return (proposal[0].Department, proposal.Length);
        }
    }

    [Fact]
    public void The_district_decides_which_department_of_a_bureau_comes()
    {
        DutyList.Propose(TestCity.Pack, TestCity.Stalls, TestCity.Chaoyang, new DateOnly(2026, 3, 10))
            .ShouldHaveSingleItem().Department.ShouldBe(TestCity.FarUrban);
    }

    [Fact]
    public void Half_a_proposal_is_none()
    {
        // Orphan has somebody who cooperates and nobody who leads; Chaoyang has no water company at all.
        DutyList.Propose(TestCity.Pack, TestCity.Orphan, TestCity.Dongcheng, new DateOnly(2026, 3, 10)).ShouldBeEmpty();
        DutyList.Propose(TestCity.Pack, TestCity.BurstMain, TestCity.Chaoyang, new DateOnly(2026, 3, 10)).ShouldBeEmpty();
        DutyList.Propose(TestCity.Pack, MatterCode.Parse("ufo"), TestCity.Dongcheng, new DateOnly(2026, 3, 10)).ShouldBeEmpty();
    }
}
