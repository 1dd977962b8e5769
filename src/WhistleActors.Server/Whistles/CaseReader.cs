using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Whistles;

/// <summary>Reads a whole case from the journal in the name of somebody, who sees of it what concerns them.</summary>
internal sealed class CaseReader(Actors.City city)
{
    /// <summary>A case for a reader who is on it.</summary>
    /// <exception cref="ProblemException">There is no such whistle, or the reader is not on its case.</exception>
    internal async Task<ReadCase> ReadAsync(WhistleId id, Officer reader, CancellationToken cancelled)
    {
        var read = await ReadAsAnybodyAsync(id, reader, cancelled) ?? throw new ProblemException(Problems.Problems.ProblemOf(Refuse.UnknownWhistle(id.Text)));
        return read.Access != CaseAccess.None ? read : throw new ProblemException(Problems.Problems.ProblemOf(Refuse.NotOnTheCase()));
    }

    /// <summary>A case for any reader; null when there is no such whistle.</summary>
    internal async Task<ReadCase?> ReadAsAnybodyAsync(WhistleId id, Officer reader, CancellationToken cancelled)
    {
        var events = await city.TraceAsync(id, cancelled);
        if (events.Count == 0)
            return null;
        var whistle = GridFold.Replay(events).Last();
        var access = OnTheCase.Of(whistle, reader);
        return new ReadCase(whistle, access, [.. events.Select(entry => (entry.Sequence, OnTheCase.Shown(entry.Event, access)))]);
    }
}

/// <summary>A case as a reader may see it.</summary>
/// <param name="Events">In order, with their numbers in the grid's journal.</param>
internal sealed record ReadCase(Whistle Whistle, CaseAccess Access, IReadOnlyList<(long Sequence, GridEvent Event)> Events);
