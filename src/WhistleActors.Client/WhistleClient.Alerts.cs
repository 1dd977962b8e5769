using System.Globalization;
using System.Text.Json;
using WhistleActors.Client.Calls;
using WhistleActors.Contract.Alerts;

namespace WhistleActors.Client;

public sealed partial class WhistleClient
{
    /// <summary>Every attempt to reach the departments of a whistle.</summary>
    public Task<WhistleAlertsView> AlertsAsync(string whistle, CancellationToken cancel = default) =>
        AskAsync<WhistleAlertsView>($"whistles/{Escape(whistle)}/alerts", cancel);

    /// <summary>A department's roster within a span, and its gaps.</summary>
    public Task<RosterView> RosterAsync(string department, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default) =>
        AskAsync<RosterView>($"{Department(department)}/roster?from={Instant(from)}&to={Instant(to)}", cancel);

    /// <summary>Writes the roster of a span anew.</summary>
    public Task ReplaceRosterAsync(string department, RosterRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Put, $"{Department(department)}/roster", request, cancel);

    /// <summary>Lets somebody take over from now on.</summary>
    public Task HandOverAsync(string department, HandOverRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Department(department)}/roster/hand-over", request, cancel);

    /// <summary>How one is told.</summary>
    public Task<NotificationRulesView> NotificationRulesAsync(string department, CancellationToken cancel = default) =>
        AskAsync<NotificationRulesView>($"{Department(department)}/notification-rules", cancel);

    /// <summary>Says how one wants to be told.</summary>
    public Task SetNotificationRulesAsync(string department, NotificationRulesRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Put, $"{Department(department)}/notification-rules", request, cancel);

    /// <summary>The browsers by which one is told.</summary>
    public Task<PushSubscriptionsView> PushSubscriptionsAsync(string department, CancellationToken cancel = default) =>
        AskAsync<PushSubscriptionsView>($"{Department(department)}/push-subscriptions", cancel);

    /// <summary>Lets one's own browser take notices.</summary>
    public Task SubscribePushAsync(string department, PushSubscriptionRequest request, CancellationToken cancel = default) =>
        SendAsync(HttpMethod.Post, $"{Department(department)}/push-subscriptions", request, cancel);

    /// <summary>Lets it take none any more.</summary>
    public Task UnsubscribePushAsync(string department, string endpoint, CancellationToken cancel = default) =>
        caller.SendAsync(new Call(HttpMethod.Delete, $"api/v1/{Department(department)}/push-subscriptions?endpoint={Escape(endpoint)}"), session, cancel);

    /// <summary>What a browser subscribes with.</summary>
    public Task<PushKeyView> PushKeyAsync(CancellationToken cancel = default) => AskAsync<PushKeyView>("push-key", cancel);

    /// <summary>The webhooks that a roster may name.</summary>
    public Task<WebhooksView> WebhooksAsync(CancellationToken cancel = default) => AskAsync<WebhooksView>("webhooks", cancel);

    /// <summary>Notices that were given up; for administrators.</summary>
    public Task<DeadLettersView> DeadLettersAsync(CancellationToken cancel = default) => AskAsync<DeadLettersView>("webhooks/dead-letters", cancel);

    /// <summary>Sends one of them again.</summary>
    public Task ResendAsync(string notice, CancellationToken cancel = default) =>
        caller.SendAsync(new Call(HttpMethod.Post, $"api/v1/webhooks/dead-letters/{Escape(notice)}/resend"), session, cancel);

    private static string Department(string department) => $"departments/{Escape(department)}";

    private static string Instant(DateTimeOffset instant) => Escape(instant.ToString("O", CultureInfo.InvariantCulture));

    // Given again, each of these changes nothing more: so it is repeated without a key.
    private Task<Reply> SendAsync<T>(HttpMethod method, string path, T request, CancellationToken cancel) =>
        caller.SendAsync(new Call(method, $"api/v1/{path}", JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Type<T>())), session, cancel);
}
