using System.Globalization;
using System.Net.Http.Headers;

namespace WhistleActors.Client.Calls;

/// <summary>One request, as often as it has to be sent: body and key stay the same over all attempts.</summary>
internal sealed record Call(HttpMethod Method, string Path, byte[]? Body = null, string? Key = null, long? IfVersion = null, string MediaType = "application/json")
{
    public HttpRequestMessage ToRequest(string? token)
    {
        var request = new HttpRequestMessage(Method, Path);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        }

        if (Key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Key);
        if (IfVersion is { } version)
            request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    public override string ToString() => $"{Method} {Path}";
}
