using System.Collections.Frozen;
using WhistleActors.Actors.Access;
using WhistleActors.Actors.Alerts;
using WhistleActors.Actors.Operations;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>Takes notices to people by the ways that this server has. A slow way holds up no other, and what takes too long counts as failed.</summary>
internal sealed class Courier(IReadOnlyDictionary<AlertChannel, IAlertChannel> channels, AccessBook access, NoticeMeter meter, TimeProvider clock) : ICourier
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly FrozenDictionary<AlertChannel, SemaphoreSlim> room = channels.ToFrozenDictionary(entry => entry.Key, _ => new SemaphoreSlim(MostAtOnce));

    public async Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled)
    {
        var way = notice.Contact.Channel;
        if (!channels.TryGetValue(way, out var channel))
            return new CourierAnswer(NoticeResult.GivenUp, $"This server has no way to send by {AttemptViews.Channel(way)}.");
        if (way == AlertChannel.WebPush && access.Refuses(notice.Person, notice.Contact.Since ?? DateTimeOffset.MinValue))
            return new CourierAnswer(NoticeResult.Gone, "access-withdrawn: the browser was subscribed before the person's access was withdrawn.");
        await WaitForRoomAsync(way, cancelled);
        var began = clock.GetTimestamp();
        using var call = CityTrace.BeginCall($"send {AttemptViews.Channel(way)}");
        try
        {
            var answer = await SendAsync(channel, notice, cancelled);
            call?.SetTag("whistle.answer", answer.Detail);
            meter.Answered(way, answer, clock.GetElapsedTime(began));
            return answer;
        }
        finally
        {
            meter.UnderWay(way, -1);
            room[way].Release();
        }
    }

    private async Task WaitForRoomAsync(AlertChannel way, CancellationToken cancelled)
    {
        meter.Queued(way, 1);
        try
        {
            await room[way].WaitAsync(cancelled);
            meter.UnderWay(way, 1);
        }
        finally
        {
            meter.Queued(way, -1);
        }
    }

    private static async Task<CourierAnswer> SendAsync(IAlertChannel channel, AlertNotice notice, CancellationToken cancelled)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Patience);
        try
        {
            return await channel.SendAsync(notice, patience.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return new CourierAnswer(NoticeResult.Failed, $"No answer within {Patience.TotalSeconds:0} s.");
        }
    }
}
