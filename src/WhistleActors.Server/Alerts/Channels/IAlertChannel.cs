using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>One way to reach people.</summary>
internal interface IAlertChannel
{
    /// <summary>Makes one attempt.</summary>
    Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled);
}
