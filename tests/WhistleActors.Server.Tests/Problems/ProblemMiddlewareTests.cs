using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Tests.Problems;

/// <summary>What a caller is told when something goes wrong that no rule foresaw.</summary>
public sealed class ProblemMiddlewareTests
{
    [Fact]
    public async Task That_the_database_does_not_answer_is_told_as_something_that_passes()
    {
        var (status, body) = await ToldAsync(new NpgsqlException("Exception while reading from stream", new TimeoutException()));
        status.ShouldBe(503);
        body.ShouldContain("\"no-answer\"");
    }

    [Fact]
    public async Task What_nobody_foresaw_is_an_error_inside()
    {
        var (status, body) = await ToldAsync(new NpgsqlException("no such table"));
        status.ShouldBe(500);
        body.ShouldContain("\"internal-error\"");
        body.ShouldNotContain("table");
    }

    private static async Task<(int Status, string Body)> ToldAsync(Exception cause)
    {
        using var written = new MemoryStream();
        var http = new DefaultHttpContext();
        http.Response.Body = written;
        await new ProblemMiddleware(_ => throw cause, NullLogger<ProblemMiddleware>.Instance).InvokeAsync(http);
        return (http.Response.StatusCode, Encoding.UTF8.GetString(written.ToArray()));
    }
}
