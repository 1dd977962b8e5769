using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace WhistleActors.Server.Tests.Harness;

/// <summary>What the server answered, byte for byte.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers, string? ContentType)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? ETag => Headers.ETag?.ToString();

    public bool Replayed => Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";

    public string Id => Json.GetProperty("id").GetString()!;

    public long Version => Json.GetProperty("version").GetInt64();

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer(
                (int)response.StatusCode,
                Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()),
                response.Headers,
                response.Content.Headers.ContentType?.MediaType);
        }
    }

    public JsonElement Summons(string department) =>
        Json.GetProperty("summonses").EnumerateArray().Single(summons => summons.GetProperty("department").GetString() == department);

    /// <summary>It succeeded.</summary>
    public Answer ShouldSucceed(int status = 200)
    {
        Status.ShouldBe(status, Text);
        ContentType.ShouldBe("application/json");
        return this;
    }

    /// <summary>It is a problem with this code, told completely and in both languages.</summary>
    public Answer ShouldBeRefused(int status, string code)
    {
        (Status, Status >= 400 ? Json.GetProperty("code").GetString() : Text).ShouldBe((status, code), Text);
        ContentType.ShouldBe("application/problem+json");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("type").GetString().ShouldBe($"urn:whistle-actors:problem:{code}");
        Json.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        Json.GetProperty("detail").GetString()!.ShouldContain(c => char.IsAsciiLetter(c));
        Json.GetProperty("detailZh").GetString()!.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF);
        if (Json.TryGetProperty("errors", out var errors))
        {
            foreach (var error in errors.EnumerateArray())
                error.GetProperty("detailZh").GetString()!.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF);
        }

        if (status is 429 or 503)
            Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        return this;
    }

    /// <summary>It names a field at fault, and why.</summary>
    public Answer ShouldName(string pointer, string code)
    {
        Json.GetProperty("errors").EnumerateArray()
            .Select(error => (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()))
            .ShouldContain((pointer, code), Text);
        return this;
    }
}
