using WhistleActors.Contract.Boards;

namespace WhistleActors.Client.Boards;

/// <summary>Where the frames of a board come from: one enumeration is one subscription on one connection.</summary>
internal interface IFrameSource
{
    /// <summary>Follows a board from a position on; ends or fails when the connection does.</summary>
    IAsyncEnumerable<BoardFrame> FollowAsync(string board, BoardPosition? position, CancellationToken cancel);
}
