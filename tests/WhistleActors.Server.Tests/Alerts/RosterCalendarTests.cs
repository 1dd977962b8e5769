using System.Text;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Alerts;

public sealed class RosterCalendarTests(AlertServer fixture) : IClassFixture<AlertServer>
{
    private const string Span = "from=2027-03-01T00:00:00%2B08:00&to=2027-03-08T00:00:00%2B08:00";
    private const string Path = $"departments/waterworks/roster.ics?{Span}";

    [Fact]
    public async Task What_goes_out_comes_in_again_as_it_was()
    {
        var water = await fixture.Server.WaterworksAsync();
        var body = """
            {"from":"2027-03-01T00:00:00+08:00","to":"2027-03-08T00:00:00+08:00","shifts":[
              {"person":"an","name":"安宁, 值班; 一组","rank":"on-duty","from":"2027-03-01T08:00:00+08:00","to":"2027-03-02T08:00:00+08:00","kind":"holiday","contacts":[{"channel":"sms","address":"+8613800000000"},{"channel":"webhook","address":"desk"}]},
              {"person":"bo","name":"柏林","rank":"deputy","from":"2027-03-01T00:00:00+08:00","to":"2027-03-08T00:00:00+08:00"}]}
            """;
        (await water.PutAsync("departments/waterworks/roster", body)).Status.ShouldBe(204);
        var before = (await water.GetAsync($"departments/waterworks/roster?{Span}")).ShouldSucceed().Json.GetProperty("shifts").GetRawText();
        var calendar = await water.GetAsync(Path);
        (calendar.Status, calendar.ContentType).ShouldBe((200, "text/calendar"));
        calendar.Text.ShouldStartWith("BEGIN:VCALENDAR");
        (await water.PutAsync("departments/waterworks/roster", """{"from":"2027-03-01T00:00:00+08:00","to":"2027-03-08T00:00:00+08:00","shifts":[]}""")).Status.ShouldBe(204);

        (await PutAsync(water, calendar.Text)).Status.ShouldBe(204);

        (await water.GetAsync($"departments/waterworks/roster?{Span}")).ShouldSucceed().Json.GetProperty("shifts").GetRawText().ShouldBe(before);
    }

    [Fact]
    public async Task A_series_of_another_calendar_is_written_out_in_the_citys_time()
    {
        var water = await fixture.Server.WaterworksAsync();
        (await PutAsync(water, """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//somebody//else//EN
            BEGIN:VEVENT
            UID:night@example.org
            DTSTAMP:20270101T000000Z
            DTSTART:20270201T200000
            DTEND:20270202T080000
            RRULE:FREQ=DAILY
            SUMMARY:夜班 王强
            CATEGORIES:on-duty
            X-WHISTLE-PERSON:wang
            END:VEVENT
            END:VCALENDAR
            """)).Status.ShouldBe(204);

        var shifts = (await water.GetAsync($"departments/waterworks/roster?{Span}")).ShouldSucceed().Json.GetProperty("shifts").EnumerateArray().ToList();
        shifts.Count.ShouldBe(8);
        shifts.ShouldAllBe(shift => shift.GetProperty("person").GetString() == "wang");
        From(shifts[0]).ShouldBe(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.FromHours(8)), "the night that had begun is cut");
        From(shifts[1]).ShouldBe(new DateTimeOffset(2027, 3, 1, 20, 0, 0, TimeSpan.FromHours(8)));

        static DateTimeOffset From(JsonElement shift) => shift.GetProperty("from").GetDateTimeOffset();
    }

    [Theory]
    [InlineData("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=SECONDLY")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    public async Task A_series_without_end_or_fit_holds_nobody_up(string rule)
    {
        var water = await fixture.Server.WaterworksAsync();
        var answer = PutAsync(water, $"""
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            UID:x
            DTSTART:20270301T000000Z
            DTEND:20270301T000001Z
            RRULE:{rule}
            SUMMARY:x
            X-WHISTLE-PERSON:x
            END:VEVENT
            END:VCALENDAR
            """);
        (await answer.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Status.ShouldBeOneOf(204, 422);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:x\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR")]
    public async Task What_is_no_calendar_is_refused(string text) =>
        (await PutAsync(await fixture.Server.WaterworksAsync(), text)).ShouldBeRefused(422, "invalid-fields");

    [Fact]
    public async Task Another_type_of_body_a_wrong_span_and_strangers_are_refused()
    {
        var water = await fixture.Server.WaterworksAsync();
        (await water.PutAsync(Path, "{}")).ShouldBeRefused(415, "not-a-calendar");
        (await PutAsync(water, "x", "departments/waterworks/roster.ics?from=2027-03-02T00:00:00Z&to=2027-03-01T00:00:00Z")).ShouldBeRefused(422, "roster-span-wrong");
        (await PutAsync(await fixture.Server.RoadsAsync(), "x")).ShouldBeRefused(403, "not-your-department");
        (await (await fixture.Server.StreetAsync()).GetAsync(Path)).ShouldBeRefused(403, "not-your-department");
    }

    private static Task<Answer> PutAsync(Person person, string calendar, string path = Path) =>
        person.SendAsync(HttpMethod.Put, path, new StringContent(calendar, Encoding.UTF8, "text/calendar"));
}
