using System.Net;
using System.Text;
using Shouldly;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.Http;

public sealed class TokenTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("GET", "/api/v1/whistles")]
    [InlineData("GET", "/api/v1/whistles/99010100100101-1")]
    [InlineData("GET", "/api/v1/whistles/99010100100101-1/trace")]
    [InlineData("POST", "/api/v1/whistles/99010100100101-1/close")]
    [InlineData("POST", "/api/v1/grids/99010100100101/whistles")]
    [InlineData("GET", "/api/v1/grids/locate?lon=120&lat=30&datum=wgs84")]
    [InlineData("GET", "/api/v1/city")]
    [InlineData("GET", "/api/v1/load")]
    [InlineData("POST", "/hubs/live/negotiate?negotiateVersion=1")]
    public async Task Without_a_token_nothing_is_told_and_nothing_done(string method, string path)
    {
        var answer = await SendAsync(method, path, null);

        answer.ShouldBeRefused(401, "not-signed-in");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task A_token_that_was_not_issued_here_is_not_believed()
    {
        var good = (await Server.StreetAsync()).Token;
        var parts = good.Split('.');
        string[] bad =
        [
            "",
            "x",
            "a.b.c",
            good[..^2],
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{Forge(parts[1], "990101001", "990101002")}.{parts[2]}",
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{parts[1]}.{Encode("signature")}",
            new string('a', 20_000),
        ];
        foreach (var token in bad)
            (await SendAsync("GET", "/api/v1/whistles", $"Bearer {token}")).ShouldBeRefused(401, "not-signed-in");
        (await SendAsync("GET", "/api/v1/whistles", $"Basic {Encode("a:b")}")).ShouldBeRefused(401, "not-signed-in");
        (await SendAsync("GET", $"/api/v1/whistles?access_token={good}", null)).ShouldBeRefused(401, "not-signed-in");
        (await SendAsync("GET", "/api/v1/whistles", $"Bearer {good}")).ShouldSucceed();
    }

    [Fact]
    public async Task A_token_ends_when_it_says_even_when_it_was_just_in_use()
    {
        var token = (await Person.SignInAsync(Server, "short", "city", "observer")).Token;
        (await SendAsync("GET", "/api/v1/load", $"Bearer {token}")).ShouldSucceed();
        Server.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        (await SendAsync("GET", "/api/v1/load", $"Bearer {token}")).ShouldSucceed();

        Server.Clock.Advance(TimeSpan.FromSeconds(2));

        (await SendAsync("GET", "/api/v1/load", $"Bearer {token}")).ShouldBeRefused(401, "not-signed-in");
    }

    private async Task<Answer> SendAsync(string method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Version = HttpVersion.Version11 };
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await Answer.OfAsync(await Server.Http.SendAsync(request));
    }

    private static string Forge(string payload, string old, string @new)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(payload.Replace('-', '+').Replace('_', '/').PadRight((payload.Length + 3) / 4 * 4, '=')));
        text.ShouldContain(old);
        return Encode(text.Replace(old, @new, StringComparison.Ordinal));
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
