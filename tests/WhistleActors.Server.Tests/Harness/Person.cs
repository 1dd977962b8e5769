using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WhistleActors.Server.Tests.Harness;

/// <summary>Somebody who is signed in.</summary>
internal sealed class Person(TestServer server, string token)
{
    public string Token => token;

    public static async Task<Person> SignInAsync(TestServer server, string person, string organisation, string role)
    {
        using var content = Json(JsonSerializer.Serialize(new { person, name = $"{person} 先生", organisation, role }));
        var answer = await Answer.OfAsync(await server.Http.PostAsync("/api/v1/sign-in", content));
        return new Person(server, answer.ShouldSucceed().Json.GetProperty("token").GetString()!);
    }

    public Task<Answer> GetAsync(string path, string? ifNoneMatch = null) => SendAsync(HttpMethod.Get, path, null, ("If-None-Match", ifNoneMatch));

    /// <summary>Gives a command.</summary>
    public Task<Answer> PostAsync(string path, string body = "{}", string? key = null, string? ifMatch = null) =>
        SendAsync(HttpMethod.Post, path, Json(body), ("Idempotency-Key", key), ("If-Match", ifMatch));

    public Task<Answer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, Json(body));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Answer.OfAsync(await server.Http.SendAsync(request));
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
