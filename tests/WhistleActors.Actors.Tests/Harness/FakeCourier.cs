using System.Threading.Channels;
using WhistleActors.Actors.Alerts;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Actors.Tests.Harness;

/// <summary>Takes notices, and answers what the test tells it to, or never.</summary>
internal sealed class FakeCourier : ICourier
{
    private readonly Channel<AlertNotice> taken = Channel.CreateUnbounded<AlertNotice>();

    /// <summary>The answer to what it is given; null for none.</summary>
    public CourierAnswer? Answer { get; set; } = new(NoticeResult.Delivered, "ok");

    public async Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled)
    {
        var answer = Answer;
        taken.Writer.TryWrite(notice);
        if (answer is null)
            await Task.Delay(Timeout.Infinite, cancelled);
        return answer!;
    }

    public async Task<AlertNotice> NextAsync() => await taken.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public bool HasTaken => taken.Reader.TryPeek(out _);
}
