using WhistleActors.Domain.Alerts;

namespace WhistleActors.Actors.Alerts;

/// <summary>Takes a notice to a person: by mail, push, telephone or webhook. The same notice may come again under the same id.</summary>
public interface ICourier
{
    /// <summary>Makes one attempt. What goes wrong is an answer, not an exception.</summary>
    Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled);
}

/// <summary>What became of an attempt.</summary>
/// <param name="Detail">What the other side said.</param>
public sealed record CourierAnswer(NoticeResult Result, string Detail);

/// <summary>For a node that can send nothing: every notice becomes a dead letter that tells so.</summary>
internal sealed class NoCourier : ICourier
{
    public Task<CourierAnswer> SendAsync(AlertNotice notice, CancellationToken cancelled) =>
        Task.FromResult(new CourierAnswer(NoticeResult.GivenUp, $"This server has no way to send by {notice.Contact.Channel}."));
}
