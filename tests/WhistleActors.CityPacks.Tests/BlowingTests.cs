using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.CityPacks.Tests;

/// <summary>What a pack says of the time before a whistle sounds.</summary>
public sealed class BlowingTests
{
    [Fact]
    public void Directions_starters_approvals_and_repeats_are_read()
    {
        using var copy = new ExampleCopy();
        copy.Replace("pack.json", "\"repeat\": { \"days\": 30, \"metres\": 100 }", """
            "starters": { "campaign": ["subdistrict-leader", "dispatcher"] },
            "approvals": { "campaign": { "by": "subdistrict-leader" }, "emergency": { "by": "commander", "withinMinutes": 60 } },
            "repeat": { "days": 7, "metres": 250 }
            """);

        var blowing = Load(copy).Blowing;

        blowing.Directions.Count.ShouldBe(3);
        blowing.Starters[WhistleLevel.Campaign].ShouldBe([Role.SubdistrictLeader, Role.Dispatcher], ignoreOrder: true);
        blowing.Starters.ContainsKey(WhistleLevel.Daily).ShouldBeFalse();
        blowing.Approvals[WhistleLevel.Campaign].ShouldBe(new ApprovalRule(Role.SubdistrictLeader, null));
        blowing.Approvals[WhistleLevel.Emergency].ShouldBe(new ApprovalRule(Role.Commander, TimeSpan.FromHours(1)));
        blowing.Repeat.ShouldBe(new RepeatRule(7, 250));
    }

    [Fact]
    public void A_pack_of_before_that_says_nothing_of_it_allows_what_was_always_allowed()
    {
        using var copy = new ExampleCopy();
        copy.Replace("pack.json", "\"blowing\"", "\"not-blowing\"");

        Load(copy).Blowing.ShouldBeSameAs(BlowingPolicy.Default);
    }

    [Fact]
    public void Every_subdistrict_can_be_called_under_its_own_code()
    {
        using var copy = new ExampleCopy();
        var pack = Load(copy);
        var party = pack.PartyOf(DepartmentCode.Parse("990101002")).ShouldNotBeNull();

        (party.Kind, party.Name.Zh, party.District).ShouldBe((DepartmentKind.Subdistrict, "河湾镇", DistrictCode.Parse("990101")));
        pack.PartyOf(DepartmentCode.Parse("waterworks"))!.Kind.ShouldBe(DepartmentKind.Enterprise);
        pack.PartyOf(DepartmentCode.Parse("990101")).ShouldBeNull("a district is not summoned");
    }

    [Fact]
    public void Every_district_has_a_command_centre_to_be_the_backstop()
    {
        foreach (var name in new[] { "example", "beijing" })
        {
            var pack = CityPackReader.Read(Repository.Pack(name)).ShouldBeOfType<CityPackReading.Loaded>().Pack;
            foreach (var district in pack.Territory.Districts.Keys)
                pack.CommandCentreOf(district).ShouldNotBeNull().District.ShouldBe(name == "beijing" ? district : null);
        }
    }

    private static CityPack Load(ExampleCopy copy) => CityPackReader.Read(copy.Folder).ShouldBeOfType<CityPackReading.Loaded>().Pack;
}
