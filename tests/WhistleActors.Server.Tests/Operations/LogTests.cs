using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using WhistleActors.Server.Hosting;
using WhistleActors.Server.Problems;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Operations;

/// <summary>The log for machines: one JSON object a line, with what it is about as fields.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class LogTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("whistle-log-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task A_request_that_fails_is_logged_with_whistle_grid_department_and_trace()
    {
        var (written, before) = (new Heard(), Console.Out);
        Console.SetOut(written);
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.Logging.AddConsole(LogForm.Json);
            await using var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.UseMiddleware<ProblemMiddleware>();
            app.UseRouting();
            app.MapGet("/whistles/{id}/summonses/{department}/sign", IResult () => throw new InvalidOperationException("as never before"));
            await app.StartAsync(Cancel);
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            using var request = new HttpRequestMessage(HttpMethod.Get, "/whistles/99010100100101-7/summonses/waterworks/sign");
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
            (await http.SendAsync(request, Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.InternalServerError);
            await Eventually.TrueAsync(() => Lines(written.ToString()).Any(line => Is(line, "ProblemMiddleware")));
        }
        finally
        {
            Console.SetOut(before);
        }

        var said = Lines(written.ToString()).Single(line => Is(line, "ProblemMiddleware"));
        said.GetProperty("LogLevel").GetString().ShouldBe("Error");
        said.GetProperty("Exception").GetString()!.ShouldContain("as never before");
        var scopes = said.GetProperty("Scopes").EnumerateArray().SelectMany(scope => scope.EnumerateObject()).Where(field => field.Name != "Message").ToLookup(field => field.Name, field => field.Value.ToString());
        scopes["Whistle"].ShouldBe(["99010100100101-7"]);
        scopes["Grid"].ShouldBe(["99010100100101"]);
        scopes["Department"].ShouldBe(["waterworks"]);
        scopes["TraceId"].ShouldContain("0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task The_real_program_writes_nothing_but_JSON_and_names_whom_it_could_not_reach_about_which_whistle()
    {
        var webhooks = Path.Combine(data, "webhooks.json");
        await File.WriteAllTextAsync(webhooks, """{ "targets": [{ "name": "inside", "url": "http://169.254.169.254/", "secret": "a secret of more than 24 characters" }] }""", Cancel);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WhistleActors.Server.dll")]) { RedirectStandardOutput = true };
        foreach (var (name, value) in (Dictionary<string, string>)new() { ["WHISTLE_LOG"] = "json", ["WHISTLE_DATA"] = data, ["WHISTLE_CITY_PACK"] = ExampleCity.Folder, ["WHISTLE_WEBHOOKS"] = webhooks, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" })
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var written = new Heard();
        process.OutputDataReceived += (_, line) => written.WriteLine(line.Data);
        process.BeginOutputReadLine();
        try
        {
            using var http = new HttpClient();
            await Eventually.TrueAsync(() => Said().Any(line => line.GetProperty("Message").GetString()!.StartsWith("Now listening on: ", StringComparison.Ordinal)), TimeSpan.FromSeconds(90));
            http.BaseAddress = new Uri(Said().Select(line => line.GetProperty("Message").GetString()!).Single(text => text.StartsWith("Now listening on: ", StringComparison.Ordinal))["Now listening on: ".Length..]);
            await Eventually.TrueAsync(async () => (await http.GetAsync("/health/ready", Cancel)).IsSuccessStatusCode, TimeSpan.FromSeconds(60));
            await SignInAsync(http, "water", "waterworks", "dispatcher");
            var (from, to) = (TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1));
            var shift = new { person = "an", name = "安", rank = "on-duty", from, to, contacts = new[] { new { channel = "webhook", address = "inside" } } };
            (await http.PutAsJsonAsync("/api/v1/departments/waterworks/roster", new { from, to, shifts = new[] { shift } }, Cancel)).IsSuccessStatusCode.ShouldBeTrue();
            await SignInAsync(http, "street", ExampleCity.OldTown.Text, "subdistrict-officer");
            using var body = new StringContent(Bodies.Blow, Encoding.UTF8, "application/json");
            var whistle = JsonDocument.Parse(await (await http.PostAsync($"/api/v1/grids/{ExampleCity.Belfry}/whistles", body, Cancel)).Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("id").GetString();

            await Eventually.TrueAsync(() => Said().Any(IsOfLetter), TimeSpan.FromSeconds(30));
            var state = Said().First(IsOfLetter).GetProperty("State");
            (state.GetProperty("Whistle").GetString(), state.GetProperty("Person").GetString(), state.GetProperty("Channel").GetString()).ShouldBe((whistle, "an", "webhook"));
            state.GetProperty("Notice").GetString()!.ShouldStartWith("waterworks-");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Cancel);
        }

        List<JsonElement> Said() => Lines(written.ToString());
    }

    private static bool IsOfLetter(JsonElement line) => line.TryGetProperty("State", out var state) && state.TryGetProperty("Department", out var department) && department.GetString() == "waterworks";

    private static bool Is(JsonElement line, string category) => line.GetProperty("Category").GetString()!.EndsWith(category, StringComparison.Ordinal);

    // Throws when a line is anything else.
    private static List<JsonElement> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static async Task SignInAsync(HttpClient http, string person, string organisation, string role)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/sign-in", new { person, name = person, organisation, role });
        var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>What is written, to be read at any time.</summary>
    private sealed class Heard : TextWriter
    {
        private readonly Lock gate = new();
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (gate)
                text.Append(value);
        }

        public override void Write(string? value)
        {
            lock (gate)
                text.Append(value);
        }

        public override void WriteLine(string? value)
        {
            lock (gate)
                text.AppendLine(value);
        }

        public override string ToString()
        {
            lock (gate)
                return text.ToString();
        }
    }
}
