using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.CaseFiles;

/// <summary>The case file: everything of a whistle on one page that stands alone.</summary>
public sealed partial class CaseFileTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Everything_is_in_it_in_order()
    {
        var (street, water) = (await Server.StreetAsync(), await Server.WaterworksAsync());
        var id = await BlowAsync(Bodies.Blow);
        var photo = await water.UploadAsync(Files.Jpeg("case"));
        (await street.PostAsync($"whistles/{id}/dossier/people", """{"kind":"complainant","name":"赵六","phone":"13800138000"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/dossier/objects", """{"id":"0101010101000001","name":"上水井盖"}""")).ShouldSucceed();
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/sign")).ShouldSucceed();
        (await water.PostAsync($"whistles/{id}/notes", $$"""{"text":"水已漫到门口","attachments":[{"hash":"{{photo}}","name":"现场.jpg"}]}""")).ShouldSucceed();
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/check-in", Bodies.CheckIn(Server.Now))).ShouldSucceed();
        (await water.PostAsync($"whistles/{id}/summonses/waterworks/outcome", Bodies.Resolved)).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/veto", """{"department":"waterworks","reason":"仍在渗水"}""")).ShouldSucceed();

        var page = (await ReadAsync(street, id, "zh")).Html;

        page.ShouldStartWith("<!DOCTYPE html>");
        InOrder(
            page,
            "吹哨报到卷宗", id, "自来水管破裂", "主街水管爆裂", "二、召集与时限", "样例市自来水公司", "三、处置结果", "已修复", "仍在渗水", "四、人、事、物", "赵六", "13800138000",
            "0101010101000001", "五、现场记录", "水已漫到门口", "六、附件目录", $"/api/v1/whistles/{id}/attachments/{photo}", photo, "七、办理过程", "吹哨：主街水管爆裂",
            "登记诉求人：赵六", "样例市自来水公司签收", "现场记录第 1 条", "样例市自来水公司报到", "样例市自来水公司反馈已解决：已修复", "否决样例市自来水公司的处置结果：仍在渗水", "依据日志中的 8 个事件生成");
    }

    [Theory]
    [InlineData("en", null, "Case file of a whistle", "en")]
    [InlineData("zh", "en", "吹哨报到卷宗", "zh-CN")]
    [InlineData(null, "en-GB,en;q=0.9,zh;q=0.1", "Case file of a whistle", "en")]
    [InlineData(null, "fr, zh-Hans;q=0.8, en;q=0.7", "吹哨报到卷宗", "zh-CN")]
    [InlineData(null, "fr", "吹哨报到卷宗", "zh-CN")]
    [InlineData(null, null, "吹哨报到卷宗", "zh-CN")]
    public async Task It_is_written_in_the_language_that_the_reader_wants(string? lang, string? accept, string title, string language)
    {
        var id = await BlowAsync(Bodies.Blow);

        var (html, headers) = await ReadAsync(await Server.StreetAsync(), id, lang, accept);

        html.ShouldContain($"<h1>{title}</h1>");
        html.ShouldContain($"<html lang=\"{language}\">");
        headers["Content-Language"].ShouldBe(language);
    }

    [Fact]
    public async Task An_English_page_has_no_Chinese_but_what_people_wrote_and_names()
    {
        var id = await BlowAsync(Bodies.Blow.Replace("主街水管爆裂", "Burst main", StringComparison.Ordinal));
        var page = (await ReadAsync(await Server.AsAsync("li.na", "990101", "commander"), id, "en")).Html;

        Chinese().Matches(page).Select(match => match.Value).Distinct().ShouldBe(["先生"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whatever_people_wrote_stays_text()
    {
        const string Hostile = "</td></table><script>alert('x')</script><img src=x onerror=alert(1)>&amp;\\\" style=\\\"x";
        var street = await Server.StreetAsync();
        var id = await BlowAsync(Bodies.Blow.Replace("主街水管爆裂", Hostile, StringComparison.Ordinal));
        var photo = await street.UploadAsync(Files.Jpeg("hostile"));
        (await street.PostAsync($"whistles/{id}/dossier/people", $$"""{"kind":"witness","name":"{{Hostile}}","remark":"{{Hostile}}"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/dossier/matters", $$"""{"title":"{{Hostile}}"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/dossier/objects", $$"""{"id":"0101010101000001","name":"{{Hostile}}"}""")).ShouldSucceed();
        (await street.PostAsync($"whistles/{id}/notes", $$"""{"text":"{{Hostile}}","attachments":[{"hash":"{{photo}}","name":"a' onclick='alert(1) &lt;b&gt;.jpg"}]}""")).ShouldSucceed();

        var page = (await ReadAsync(street, id, "zh")).Html;

        page.ShouldContain("&lt;script&gt;");
        Tags().Matches(page).Select(match => match.Groups[1].Value).Distinct().Except(
            ["html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ol", "li", "a", "br", "code", "footer"]).ShouldBeEmpty();
        Attributes().Matches(page).Select(match => match.Groups[1].Value).Distinct().Except(["lang", "charset", "class", "href"]).ShouldBeEmpty();
        page.Split("<table>").Length.ShouldBe(page.Split("</table>").Length);
    }

    [Fact]
    public async Task Nothing_runs_in_it_and_nothing_is_fetched_for_it()
    {
        var id = await BlowAsync(Bodies.Blow);

        var (html, headers) = await ReadAsync(await Server.StreetAsync(), id, "zh");

        headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; style-src 'unsafe-inline';");
        headers["X-Content-Type-Options"].ShouldBe("nosniff");
        headers["Cache-Control"].ShouldContain("no-store");
        html.ShouldContain("@page { size: A4;");
        foreach (var outside in new[] { "<script", "<link", "<img", "url(", "@import", "http://", "https://" })
            html.ShouldNotContain(outside);
    }

    [Fact]
    public async Task A_clock_that_ran_out_shows()
    {
        var street = await Server.StreetAsync();
        var id = await BlowAsync(Bodies.Blow);
        Server.Clock.Advance(TimeSpan.FromMinutes(6));
        await Eventually.TrueAsync(async () => (await street.GetAsync($"whistles/{id}")).Version == 3);

        var page = (await ReadAsync(street, id, "zh")).Html;

        page.ShouldContain("逾期未办");
        page.ShouldContain("系统计时");
    }

    [Fact]
    public async Task Another_language_than_the_two_is_refused() =>
        (await (await Server.StreetAsync()).GetAsync($"whistles/{await BlowAsync(Bodies.Blow)}/case-file?lang=fr")).ShouldBeRefused(422, "invalid-fields").ShouldName("?lang", "unknown-value");

    private async Task<string> BlowAsync(string body) =>
        (await (await Server.StreetAsync()).PostAsync($"grids/{ExampleCity.Belfry}/whistles", body)).ShouldSucceed(201).Id;

    private async Task<(string Html, Dictionary<string, string> Headers)> ReadAsync(Person person, string id, string? lang, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/whistles/{id}/case-file{(lang is null ? "" : $"?lang={lang}")}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", accept);
        using var response = await Server.Http.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(200, html);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        return (html, response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
    }

    private static void InOrder(string page, params string[] texts)
    {
        var at = 0;
        foreach (var text in texts)
        {
            var found = page.IndexOf(text, at, StringComparison.Ordinal);
            found.ShouldBeGreaterThanOrEqualTo(0, $"'{text}' is missing after {page[Math.Max(0, at - 60)..at]}");
            at = found + text.Length;
        }
    }

    [GeneratedRegex("<([a-zA-Z0-9]+)")]
    private static partial Regex Tags();

    [GeneratedRegex("<[a-z0-9]+ ([a-zA-Z-]+)=")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsCJKSymbolsandPunctuation}\uFF00-\uFF60]+")]
    private static partial Regex Chinese();
}
