using WhistleActors.Actors.Access;
using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Puts the ways to reach people into the server.</summary>
internal static class ChannelServices
{
    internal static void AddAlertChannels(this IServiceCollection services, AlertSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new OutboundGuard(settings.Allowed));
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton(_ => PushKey.InFile(settings.PushKey, settings.PushSubject));
        services.AddSingleton<NoticeMeter>();
        services.AddSingleton<PushChannel>();
        services.AddSingleton<WebhookChannel>();
        services.AddSingleton<MailChannel>();
        services.AddSingleton<ITelephoneProvider, WebhookTelephoneProvider>();
        services.AddSingleton<TelephoneChannel>();
        services.AddSingleton<ICourier>(provider => new Courier(
            new Dictionary<AlertChannel, IAlertChannel>
            {
                [AlertChannel.Webhook] = provider.GetRequiredService<WebhookChannel>(),
                [AlertChannel.Email] = provider.GetRequiredService<MailChannel>(),
                [AlertChannel.WebPush] = provider.GetRequiredService<PushChannel>(),
                [AlertChannel.Sms] = provider.GetRequiredService<TelephoneChannel>(),
                [AlertChannel.Voice] = provider.GetRequiredService<TelephoneChannel>(),
            },
            provider.GetRequiredService<AccessBook>(),
            provider.GetRequiredService<NoticeMeter>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
