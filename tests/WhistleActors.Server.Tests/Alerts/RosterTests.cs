using Shouldly;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Alerts;

public sealed class RosterTests(AlertServer fixture) : IClassFixture<AlertServer>
{
    private const string Path = "departments/waterworks/roster";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_roster_that_is_written_is_read_with_its_gaps()
    {
        var water = await Server.WaterworksAsync();
        var body = """
            {"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[
              {"person":"an","name":"安宁","rank":"on-duty","from":"2027-01-01T00:00:00+08:00","to":"2027-01-01T08:00:00+08:00","contacts":[{"channel":"sms","address":"+86 138 0000 0000"}]},
              {"person":"bo","name":"柏林","rank":"on-duty","from":"2027-01-01T09:00:00+08:00","to":"2027-01-02T00:00:00+08:00","kind":"override"}]}
            """;
        (await water.PutAsync(Path, body)).Status.ShouldBe(204);

        var roster = (await water.GetAsync($"{Path}?from=2027-01-01T00:00:00%2B08:00&to=2027-01-02T00:00:00%2B08:00")).ShouldSucceed().Json;

        roster.GetProperty("shifts").EnumerateArray().Select(shift => (shift.GetProperty("name").GetString(), shift.GetProperty("kind").GetString()))
            .ShouldBe([("安宁", "regular"), ("柏林", "override")]);
        roster.GetProperty("shifts")[0].GetProperty("contacts")[0].GetProperty("address").GetString().ShouldBe("+86 138 0000 0000");
        var gap = roster.GetProperty("gaps").EnumerateArray().Single(gap => gap.GetProperty("rank").GetString() == "on-duty");
        (gap.GetProperty("from").GetDateTimeOffset(), gap.GetProperty("to").GetDateTimeOffset())
            .ShouldBe((new DateTimeOffset(2027, 1, 1, 8, 0, 0, TimeSpan.FromHours(8)), new DateTimeOffset(2027, 1, 1, 9, 0, 0, TimeSpan.FromHours(8))));
    }

    [Fact]
    public async Task Whoever_takes_over_stands_on_the_roster()
    {
        var water = await Server.WaterworksAsync();
        var until = Server.Now.AddHours(2);
        (await water.PostAsync($"{Path}/hand-over", $$"""{"rank":"head","person":"xu","name":"徐明","until":"{{until:O}}"}""")).Status.ShouldBe(204);
        (await water.GetAsync(Path)).ShouldSucceed().Text.ShouldContain("徐明");
    }

    [Theory]
    [InlineData("""{"from":"2027-01-01T00:00:00+08:00","shifts":[]}""", "/to", "missing")]
    [InlineData("""{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00"}""", "/shifts", "missing")]
    [InlineData("""{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[{"person":"a b","name":"x","rank":"on-duty","from":"2027-01-01T00:00:00+08:00","to":"2027-01-01T01:00:00+08:00"}]}""", "/shifts/0/person", "not-a-code")]
    [InlineData("""{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[{"person":"a","name":"x","rank":"king","from":"2027-01-01T00:00:00+08:00","to":"2027-01-01T01:00:00+08:00"}]}""", "/shifts/0/rank", "unknown-value")]
    [InlineData("""{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[{"person":"a","name":"x","rank":"head","from":"2027-01-01T00:00:00+08:00","to":"2027-01-01T01:00:00+08:00","contacts":[{"channel":"email","address":"a@b@c"}]}]}""", "/shifts/0/contacts/0/address", "not-an-address")]
    [InlineData("""{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[{"person":"a","name":"x","rank":"head","from":"2027-01-01T00:00:00+08:00","to":"2027-01-01T01:00:00+08:00","contacts":[{"channel":"webhook","address":"http://127.0.0.1/"}]}]}""", "/shifts/0/contacts/0/address", "not-an-address")]
    [InlineData("""{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[{"person":"a","name":"x","rank":"head","from":"2027-01-01T00:00:00+08:00","to":"2027-01-01T01:00:00+08:00","contacts":[{"channel":"sms","address":"+86\nX"}]}]}""", "/shifts/0/contacts/0/address", "not-an-address")]
    public async Task A_roster_that_makes_no_sense_is_refused_field_by_field(string body, string pointer, string code) =>
        (await (await Server.WaterworksAsync()).PutAsync(Path, body)).ShouldBeRefused(422, "invalid-fields").ShouldName(pointer, code);

    [Fact]
    public async Task A_span_that_ends_before_it_begins_and_a_shift_outside_it_are_refused()
    {
        var water = await Server.WaterworksAsync();
        (await water.PutAsync(Path, """{"from":"2027-01-02T00:00:00+08:00","to":"2027-01-01T00:00:00+08:00","shifts":[]}""")).ShouldBeRefused(422, "roster-span-wrong");
        (await water.GetAsync($"{Path}?from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z")).ShouldBeRefused(422, "roster-span-wrong");
        (await water.PutAsync(Path, """{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[{"person":"a","name":"x","rank":"head","from":"2026-01-01T00:00:00+08:00","to":"2027-01-01T01:00:00+08:00"}]}"""))
            .ShouldBeRefused(422, "shift-outside-span");
        (await water.PostAsync($"{Path}/hand-over", """{"rank":"head","person":"xu","name":"徐明","until":"2020-01-01T00:00:00Z"}""")).ShouldBeRefused(422, "hand-over-span-wrong");
    }

    [Fact]
    public async Task Only_officers_of_the_department_see_and_change_its_roster()
    {
        var body = """{"from":"2027-01-01T00:00:00+08:00","to":"2027-01-02T00:00:00+08:00","shifts":[]}""";
        foreach (var stranger in (Person[])[await Server.RoadsAsync(), await Server.StreetAsync(), await Server.AsAsync("wall", "city", "observer"), await Server.AsAsync("root", "city", "administrator")])
        {
            (await stranger.GetAsync(Path)).ShouldBeRefused(403, "not-your-department");
            (await stranger.PutAsync(Path, body)).ShouldBeRefused(403, "not-your-department");
        }

        (await (await Server.AsAsync("crew", "waterworks", "crew")).PutAsync(Path, body)).ShouldBeRefused(403, "not-your-department");
        (await (await Server.WaterworksAsync()).PutAsync("departments/nowhere/roster", body)).ShouldBeRefused(404, "unknown-department");
    }

    [Fact]
    public async Task What_a_person_said_is_read_back_by_that_person_alone()
    {
        var (water, crew) = (await Server.AsAsync("reader", "waterworks", "dispatcher"), await Server.AsAsync("crew", "waterworks", "crew"));
        const string Rules = "departments/waterworks/notification-rules";
        (await water.GetAsync(Rules)).ShouldSucceed().Text.ShouldBe("""{"channels":[]}""");
        (await water.PutAsync(Rules, """{"channels":["web-push","email"],"quietFrom":"22:00","quietTo":"07:00"}""")).Status.ShouldBe(204);

        (await water.GetAsync(Rules)).ShouldSucceed().Text.ShouldBe("""{"channels":["web-push","email"],"quietFrom":"22:00","quietTo":"07:00"}""");
        (await crew.GetAsync(Rules)).ShouldSucceed().Text.ShouldBe("""{"channels":[]}""");
        (await (await Server.StreetAsync()).GetAsync(Rules)).ShouldBeRefused(403, "not-your-department");
        (await water.GetAsync("departments/nowhere/notification-rules")).ShouldBeRefused(404, "unknown-department");
    }

    [Fact]
    public async Task Webhooks_are_shown_by_name_and_origin_to_those_who_write_rosters()
    {
        var expected = $$"""{"webhooks":[{"name":"desk","origin":"{{fixture.Webhook.Url.ToString().TrimEnd('/')}}","sends":[]},{"name":"gateway","origin":"{{fixture.Webhook.Url.ToString().TrimEnd('/')}}","sends":["sms","voice"]},{"name":"metadata","origin":"http://169.254.169.254","sends":[]}]}""";
        foreach (var reader in (Person[])[await Server.WaterworksAsync(), await Server.AsAsync("root", "city", "administrator")])
            (await reader.GetAsync("webhooks")).ShouldSucceed().Text.ShouldBe(expected);
        foreach (var stranger in (Person[])[await Server.AsAsync("wall", "city", "observer"), await Server.AsAsync("crew", "waterworks", "crew")])
            (await stranger.GetAsync("webhooks")).ShouldBeRefused(403, "writes-no-roster");
    }

    [Fact]
    public async Task A_subdistrict_that_departments_call_has_a_roster_of_its_own()
    {
        var street = await Server.StreetAsync();
        var until = Server.Now.AddHours(2);
        (await street.PostAsync("departments/990101001/roster/hand-over", $$"""{"rank":"on-duty","person":"su","name":"苏明","until":"{{until:O}}"}""")).Status.ShouldBe(204);
        (await street.GetAsync("departments/990101001/roster")).ShouldSucceed().Text.ShouldContain("苏明");
        (await street.GetAsync("departments/990101002/roster")).ShouldBeRefused(403, "not-your-department");
    }

    [Fact]
    public async Task A_person_says_when_not_to_be_disturbed()
    {
        var water = await Server.WaterworksAsync();
        (await water.PutAsync("departments/waterworks/notification-rules", """{"channels":["email"],"quietFrom":"22:00","quietTo":"07:00"}""")).Status.ShouldBe(204);
        (await water.PutAsync("departments/waterworks/notification-rules", """{"channels":["pigeon"],"quietFrom":"25:00"}"""))
            .ShouldBeRefused(422, "invalid-fields").ShouldName("/channels/0", "unknown-value").ShouldName("/quietFrom", "not-a-time").ShouldName("/quietTo", "missing");
        (await (await Server.StreetAsync()).PutAsync("departments/waterworks/notification-rules", "{}")).ShouldBeRefused(403, "not-your-department");
    }
}
