using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Tells a browser by its push service (RFC 8030). One notification of a department stands on a device: a newer one takes its place.</summary>
internal sealed class PushChannel(PushKey key, OutboundHttp http, TimeProvider clock) : IAlertChannel
{
    // After that the alert has long climbed on.
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);

    public async Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled)
    {
        if (notice.Contact is not { Key: { } browserKey, Secret: { } secret } || !Uri.TryCreate(notice.Contact.Address, UriKind.Absolute, out var endpoint))
            return new CourierAnswer(NoticeResult.GivenUp, "Not a push subscription.");
        var text = NoticeText.Of(notice);
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["id"] = notice.Id,
            ["department"] = notice.Department.Text,
            ["emergency"] = notice.Emergency,
            ["exercise"] = notice.Exercise == true,
            ["unsigned"] = notice.Unsigned,
            ["zh"] = text.Zh,
            ["en"] = text.En,
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(PushCipher.Encrypt(payload, Base64Url.DecodeFromChars(browserKey), Base64Url.DecodeFromChars(secret))),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add(PushCipher.ContentEncoding);
        request.Headers.Authorization = new AuthenticationHeaderValue("vapid", key.Authorization(endpoint, clock.GetUtcNow()));
        request.Headers.Add("TTL", ((int)KeepFor.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", notice.Emergency ? "high" : "normal");
        request.Headers.Add("Topic", Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(notice.Department.Text)).AsSpan(0, 24)));
        return await http.SendAsync(request, cancelled);
    }
}
