using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Sends short messages or calls. Another provider than a webhook is another implementation of this.</summary>
internal interface ITelephoneProvider
{
    /// <summary>Hands a notice to the provider, to be sent or spoken to a number.</summary>
    Task<CourierAnswer> HandAsync(AlertChannel channel, string number, AlertNotice notice, CancellationToken cancelled);
}

/// <summary>The provider behind a webhook of the city: it gets <c>data.to</c> and <c>data.text</c>, and answers 2xx once it has taken charge.</summary>
internal sealed class WebhookTelephoneProvider(AlertSettings settings, WebhookChannel webhooks) : ITelephoneProvider
{
    public Task<CourierAnswer> HandAsync(AlertChannel channel, string number, AlertNotice notice, CancellationToken cancelled)
    {
        var (name, type) = channel == AlertChannel.Sms
            ? (settings.Sms, "org.whistleactors.sms.requested.v1")
            : (settings.Voice, "org.whistleactors.call.requested.v1");
        return name is not null
            ? webhooks.PostAsync(settings.Webhooks[name], notice, type, number, cancelled)
            : Task.FromResult(new CourierAnswer(NoticeResult.GivenUp, $"This server has no provider for {AttemptViews.Channel(channel)}."));
    }
}

/// <summary>Short messages and calls.</summary>
internal sealed class TelephoneChannel(ITelephoneProvider provider) : IAlertChannel
{
    public Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled) =>
        provider.HandAsync(notice.Contact.Channel, notice.Contact.Address, notice, cancelled);
}
