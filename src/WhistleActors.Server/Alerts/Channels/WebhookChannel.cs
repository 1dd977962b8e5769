using System.Diagnostics;
using System.Net.Http.Headers;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Operations;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Posts a notice to the webhook that the person's contact names, as a signed CloudEvent.</summary>
internal sealed class WebhookChannel(AlertSettings settings, OutboundHttp http, TimeProvider clock) : IAlertChannel
{
    private const string EventType = "org.whistleactors.department.alerted.v1";

    public Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled) =>
        settings.Webhooks.TryGetValue(notice.Contact.Address, out var target)
            ? PostAsync(target, notice, EventType, to: null, cancelled)
            : Task.FromResult(new CourierAnswer(NoticeResult.GivenUp, $"This server has no webhook '{notice.Contact.Address}'."));

    /// <summary>Posts a notice to a target.</summary>
    internal async Task<CourierAnswer> PostAsync(WebhookTarget target, AlertNotice notice, string type, string? to, CancellationToken cancelled)
    {
        var now = clock.GetUtcNow();
        var trace = CityTrace.Of(Activity.Current);
        var body = CloudEvent.Of(notice, type, to, trace, now);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEvent.ContentType) { CharSet = "utf-8" };
        if (trace is not null)
            request.Headers.Add(CloudEvent.Trace, trace);
        WebhookSignature.Sign(request, notice.Id, body, target.Secret, now);
        return await http.SendAsync(request, cancelled);
    }
}
