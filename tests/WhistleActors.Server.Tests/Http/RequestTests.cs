using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Http;

/// <summary>Requests that no honest client sends, and what is left of HTTP to get right.</summary>
public sealed class RequestTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private static readonly string Blow = $"/api/v1/grids/{ExampleCity.Belfry}/whistles";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_body_of_ten_megabytes_is_refused_before_it_is_read()
    {
        var answer = await RawAsync($"POST {Blow} HTTP/1.1", [await TokenAsync(), "Content-Type: application/json", "Content-Length: 10485760"], "");

        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("\"code\":\"body-too-large\"");
    }

    [Fact]
    public async Task A_body_that_hides_its_length_is_refused_at_the_limit()
    {
        var chunk = "4000\r\n" + new string(' ', 0x4000) + "\r\n";

        var answer = await RawAsync(
            $"POST {Blow} HTTP/1.1",
            [await TokenAsync(), "Content-Type: application/json", "Transfer-Encoding: chunked"],
            string.Concat(Enumerable.Repeat(chunk, 6)));

        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("\"code\":\"body-too-large\"");
    }

    [Fact]
    public async Task A_chunked_body_within_the_limit_is_taken()
    {
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(Bodies.Blow)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var street = await Server.StreetAsync();

        (await street.SendAsync(HttpMethod.Post, Blow, content, ("Transfer-Encoding", "chunked"))).ShouldSucceed(201);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_refused()
    {
        var street = await Server.StreetAsync();
        var bytes = Encoding.UTF8.GetBytes(Bodies.Blow);
        var at = Bodies.Blow.IndexOf("主街", StringComparison.Ordinal);
        bytes[at] = 0xFF;
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await street.SendAsync(HttpMethod.Post, Blow, content)).ShouldBeRefused(400, "malformed-json");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    public async Task A_body_that_does_not_call_itself_JSON_is_refused(string contentType)
    {
        var street = await Server.StreetAsync();
        using var content = new StringContent(Bodies.Blow);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        (await street.SendAsync(HttpMethod.Post, Blow, content)).ShouldBeRefused(415, "not-json");
    }

    [Theory]
    [InlineData("Idempotency-Key: a", "Idempotency-Key: b")]
    [InlineData("Idempotency-Key: ключ", null)]
    [InlineData("Idempotency-Key:", null)]
    public async Task A_hostile_key_is_refused(string header, string? second)
    {
        var answer = await RawAsync(
            $"POST {Blow} HTTP/1.1",
            [await TokenAsync(), "Content-Type: application/json", $"Content-Length: {Encoding.UTF8.GetByteCount(Bodies.Blow)}", header, .. second is null ? (string[])[] : [second]],
            Bodies.Blow);

        answer.ShouldStartWith("HTTP/1.1 400");
        (answer.Contains("invalid-idempotency-key", StringComparison.Ordinal) || answer.Contains("Content-Length: 0", StringComparison.Ordinal)).ShouldBeTrue(answer);
    }

    [Theory]
    [InlineData("GET /api/v1/whistles HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /api/v1/whistles HTTP/1.1\r\n\r\n")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /api/v1/../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]
    [InlineData("POST /api/v1/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /api/v1/sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task What_is_no_request_gets_an_error_of_the_callers_and_the_server_lives_on(string request)
    {
        var answer = await RawAsync(Encoding.UTF8.GetBytes(request));

        answer.ShouldMatch("^HTTP/1.1 4\\d\\d");
        answer.ShouldNotContain("Exception");
        (await Server.Http.GetAsync("/health/live", TestContext.Current.CancellationToken)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task A_header_of_a_hundred_kilobytes_is_refused()
    {
        var answer = await RawAsync("GET /api/v1/whistles HTTP/1.1", [await TokenAsync(), "X-Big: " + new string('x', 100_000)], "");

        answer.ShouldMatch("^HTTP/1.1 (431|400)");
    }

    [Theory]
    [InlineData("whistles?limit=0", 422, "invalid-fields")]
    [InlineData("whistles?limit=201", 422, "invalid-fields")]
    [InlineData("whistles?limit=-1", 422, "invalid-fields")]
    [InlineData("whistles?limit=abc", 400, "malformed-request")]
    [InlineData("whistles?limit=99999999999", 400, "malformed-request")]
    [InlineData("whistles?cursor=abc", 422, "invalid-fields")]
    [InlineData("whistles?board=moon", 422, "invalid-fields")]
    [InlineData("contention?board=moon", 422, "invalid-fields")]
    [InlineData("records/proposals?weeks=2147483647", 422, "invalid-fields")]
    [InlineData("records/patterns?district=990101&weeks=-2147483648", 422, "invalid-fields")]
    [InlineData("whistles?board=", 422, "invalid-fields")]
    [InlineData("whistles/x", 404, "unknown-whistle")]
    [InlineData("whistles/99010100100101-1000000", 404, "unknown-whistle")]
    [InlineData("whistles/99010100100101-1000000/trace", 404, "unknown-whistle")]
    [InlineData("whistles/99010100100101-9223372036854775807/trace", 404, "unknown-whistle")]
    [InlineData("whistles/99010100100101-9223372036854775808", 404, "unknown-whistle")]
    [InlineData("grids/1", 404, "unknown-grid")]
    [InlineData("grids/99010100100101/proposal", 422, "invalid-fields")]
    [InlineData("grids/99010100100101/proposal?matter=nothing", 404, "unknown-matter")]
    [InlineData("grids/locate", 422, "invalid-fields")]
    [InlineData("grids/locate?lon=120&lat=30", 422, "invalid-fields")]
    [InlineData("grids/locate?lon=abc&lat=30&datum=wgs84", 400, "malformed-request")]
    [InlineData("grids/locate?lon=NaN&lat=30&datum=wgs84", 422, "invalid-fields")]
    [InlineData("grids/locate?lon=1&lat=1&datum=wgs84", 404, "outside-the-city")]
    [InlineData("departments/nobody/load", 404, "unknown-department")]
    [InlineData("departments/%20/load", 404, "unknown-department")]
    [InlineData("nothing", 404, "unknown-path")]
    public async Task A_question_that_makes_no_sense_is_refused(string path, int status, string code) =>
        (await (await Server.StreetAsync()).GetAsync(path)).ShouldBeRefused(status, code);

    [Theory]
    [InlineData("whistles?limit=abc", "?limit")]
    [InlineData("whistles?limit=1&limit=2", "?limit")]
    [InlineData("whistles?ledgers=perhaps", "?ledgers")]
    [InlineData("departments/waterworks/roster?from=2026-03-10T00:00:00", "?from")]
    [InlineData("departments/waterworks/roster?to=1,5", "?to")]
    public async Task A_parameter_that_is_not_of_its_type_is_named(string path, string pointer) =>
        (await (await Server.WaterworksAsync()).GetAsync(path)).ShouldBeRefused(400, "malformed-request").ShouldName(pointer, "unexpected");

    [Theory]
    [InlineData("9999-12-20T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task A_roster_may_be_asked_for_at_the_ends_of_time(string from) =>
        (await (await Server.WaterworksAsync()).GetAsync($"departments/waterworks/roster?from={from}")).Status.ShouldBeOneOf(200, 422);

    [Theory]
    [InlineData("grids/99010100100101/whistles", "application/json", "body-too-large")]
    [InlineData("departments/990101001/roster", "application/json", "body-too-large")]
    [InlineData("attachments", "image/png", "unknown-file-type")]
    [InlineData("reports/import?source=moon", "text/csv", "invalid-fields")]
    [InlineData("webhooks/dead-letters/waterworks-1/resend", "text/plain", "not-administrator")]
    [InlineData("nowhere", "text/plain", "unknown-path")]
    public async Task Whoever_still_sends_what_is_refused_reads_why_and_may_go_on_with_the_connection(string path, string type, string code)
    {
        var method = path.EndsWith("roster", StringComparison.Ordinal) ? "PUT" : "POST";
        var answer = await RawAsync(Encoding.UTF8.GetBytes(
            $"{method} /api/v1/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{await TokenAsync()}\r\nContent-Type: {type}\r\nContent-Length: 300000\r\n\r\n{new string(' ', 300_000)}"
            + "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));

        answer.ShouldContain($"\"code\":\"{code}\"");
        answer.ShouldContain("""{"status":"live"}""");
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/whistles")]
    [InlineData("PUT", "/api/v1/grids/99010100100101")]
    [InlineData("GET", "/api/v1/sign-in")]
    public async Task A_method_that_a_path_does_not_take_is_named_as_such(string method, string path) =>
        (await (await Server.StreetAsync()).SendAsync(new HttpMethod(method), path, null)).ShouldBeRefused(405, "method-not-allowed");

    [Fact]
    public async Task A_place_is_found_by_its_position_in_either_datum()
    {
        var street = await Server.StreetAsync();
        (await street.GetAsync("grids/locate?lon=120.005&lat=30.005&datum=wgs84")).ShouldSucceed().Json.GetProperty("code").GetString().ShouldBe(ExampleCity.Belfry.Text);
        (await street.GetAsync("grids/locate?lon=120.0145&lat=30.0025&datum=gcj02")).ShouldSucceed().Json.GetProperty("code").GetString().ShouldBe(ExampleCity.Belfry.Text);
    }

    [Fact]
    public async Task The_city_is_told_once_and_kept_by_its_tag()
    {
        var street = await Server.StreetAsync();
        foreach (var path in (string[])["city", "city/subdistricts", "city/matters", "city/districts.geojson", "city/grids.geojson"])
        {
            var first = await street.GetAsync(path);
            first.Status.ShouldBe(200);
            (await street.GetAsync(path, first.ETag)).Status.ShouldBe(304);
        }
    }

    [Fact]
    public async Task Metrics_and_health_answer_without_a_token()
    {
        (await Server.Http.GetStringAsync("/health/live", TestContext.Current.CancellationToken)).ShouldBe("""{"status":"live"}""");
        (await Server.Http.GetStringAsync("/health/ready", TestContext.Current.CancellationToken))
            .ShouldStartWith("""{"status":"ready","checks":{"node":"ok","cluster":"ok","board":"ok","journal":"ok"},"gates":{"grids":{"state":"free",""");
        await (await Server.StreetAsync()).GetAsync("city");
        (await Server.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ShouldContain("http_server_request_duration_seconds");
    }

    private async Task<string> TokenAsync() => $"Authorization: Bearer {(await Server.StreetAsync()).Token}";

    private Task<string> RawAsync(string line, IEnumerable<string> headers, string body) =>
        RawAsync(Encoding.UTF8.GetBytes($"{line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n{string.Join("\r\n", headers)}\r\n\r\n{body}"));

    // What it answers until it closes the connection; it may do so while we still send.
    private async Task<string> RawAsync(byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Server.Address.Port);
        client.ReceiveTimeout = 10_000;
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        var reading = Task.Run(async () =>
        {
            try
            {
                await stream.CopyToAsync(answer);
            }
            catch (IOException)
            {
                // Closed hard after the answer.
            }
        });
        try
        {
            await stream.WriteAsync(request);
        }
        catch (IOException)
        {
            // Closed before all was sent.
        }

        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
