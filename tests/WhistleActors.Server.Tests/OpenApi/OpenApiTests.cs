using System.Text.Encodings.Web;
using System.Text.Json;
using Shouldly;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Server.Tests.Harness;

namespace WhistleActors.Server.Tests.OpenApi;

public sealed class OpenApiTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private const string Renew = "WHISTLE_RENEW_OPENAPI";

    // What is posted and is no command to a whistle.
    private static readonly string[] Others = ["/api/v1/sign-in", "/api/v1/access/{person}/withdraw", "/api/v1/attachments", "/api/v1/plans"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_committed_document_is_what_the_server_serves()
    {
        var served = Format(await fixture.Server.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        if (Environment.GetEnvironmentVariable(Renew) is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, served, TestContext.Current.CancellationToken);
        var committed = Environment.GetEnvironmentVariable(Renew) is { Length: > 0 }
            ? served
            : await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi", "v1.json"), TestContext.Current.CancellationToken);

        (committed == served).ShouldBeTrue(
            $"openapi/v1.json is stale. Renew it from the root of the repository with:  {Renew}=$PWD/openapi/v1.json dotnet run -c Release --project tests/WhistleActors.Server.Tests -- -class WhistleActors.Server.Tests.OpenApi.OpenApiTests");
    }

    [Fact]
    public async Task Every_command_names_its_headers_its_body_and_its_refusals()
    {
        var paths = JsonDocument.Parse(await fixture.Server.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).RootElement.GetProperty("paths");
        var commands = paths.EnumerateObject().Where(path => path.Value.TryGetProperty("post", out _) && IsOfWhistles(path.Name)).ToList();

        // One path for each command; one crew is released where its department is.
        commands.Count.ShouldBe(typeof(GridCommand).Assembly.GetTypes().Count(
            type => type.IsSubclassOf(typeof(GridCommand)) && !type.IsAbstract && type != typeof(ReleaseCrew)));
        foreach (var path in commands)
        {
            var post = path.Value.GetProperty("post");
            var headers = post.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "header").Select(parameter => parameter.GetProperty("name").GetString()).ToList();
            headers.ShouldBe(path.Name.EndsWith("/whistles", StringComparison.Ordinal) ? ["Idempotency-Key"] : ["Idempotency-Key", "If-Match"], path.Name);
            post.TryGetProperty("requestBody", out _).ShouldBeTrue(path.Name);
            post.GetProperty("responses").EnumerateObject().Select(response => response.Name).ShouldBe(
                [path.Name.EndsWith("/whistles", StringComparison.Ordinal) ? "201" : "200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "503"], ignoreOrder: true, path.Name);
            post.GetProperty("security").GetArrayLength().ShouldBe(1, path.Name);
        }
    }

    // Reports are orders to a desk; rosters, browsers, dead letters, crews and priorities are orders to a department.
    private static bool IsOfWhistles(string path) => !Others.Contains(path) && !path.StartsWith("/api/v1/reports", StringComparison.Ordinal) && !path.Contains("/roster/", StringComparison.Ordinal)
        && !path.Contains("push-subscriptions", StringComparison.Ordinal) && !path.Contains("dead-letters", StringComparison.Ordinal)
        && !path.Contains("/crews/", StringComparison.Ordinal) && !path.EndsWith("/priorities", StringComparison.Ordinal);

    private static string Format(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Readable) + "\n";
}
