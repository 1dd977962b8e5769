using System.Text.Json;
using WhistleActors.Actors.Serialization;
using WhistleActors.Actors.Views;
using WhistleActors.Contract;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Boards;

/// <summary>A whistle's whole state at a version, with its public JSON made at most once: the answer to a command and every screen share it.</summary>
public sealed class PublishedWhistle(Whistle whistle) : IWhistleMessage
{
    private byte[]? json;

    public Whistle Whistle => whistle;

    /// <summary>When time will next do something to it; null when it will not. Computed once: the waker looks at every whistle of the city each second.</summary>
    public DateTimeOffset? NextDeadline { get; } = whistle.NextDeadline;

    /// <summary>The public state as UTF-8 JSON (<see cref="Contract.Whistles.WhistleView"/>).</summary>
    public byte[] Json => json ??= JsonSerializer.SerializeToUtf8Bytes(whistle.ToView(), ContractJson.Types.WhistleView);
}
