using WhistleActors.Actors.Serialization;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;

namespace WhistleActors.Server.Attachments;

/// <summary>
/// Removes uploads that no note or outcome came to refer to, and settles the others for good. It looks at a bounded number at a time, the oldest
/// first, and asks the journal of the whistles that claimed them.
/// </summary>
internal sealed partial class AttachmentSweep(AttachmentStore store, Actors.City city, TimeProvider clock, ILogger<AttachmentSweep> log) : BackgroundService
{
    private const int MostAtATime = 500;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>One round.</summary>
    internal async Task SweepAsync(CancellationToken cancelled)
    {
        store.RemoveLeftOver();
        foreach (var (hash, claims) in store.Due(MostAtATime))
        {
            if (await IsReferredToAsync(hash, claims, cancelled))
                store.KeepForGood(hash);
            else
                store.Remove(hash, claims);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception cause) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing is lost by waiting for the next round.
                LogFailed(log, cause);
            }
        }
    }

    private async Task<bool> IsReferredToAsync(ContentHash hash, IReadOnlyList<WhistleId> claims, CancellationToken cancelled)
    {
        foreach (var whistle in claims)
        {
            if ((await city.TraceAsync(whistle, cancelled)).Any(entry => Attached.To(entry.Event).Any(attachment => attachment.Hash == hash)))
                return true;
        }

        return false;
    }

    [LoggerMessage(LogLevel.Warning, "Uploads that nothing refers to could not be removed; trying again in an hour")]
    private static partial void LogFailed(ILogger log, Exception cause);
}

/// <summary>Which events carry attachments: the one place that says so.</summary>
internal static class Attached
{
    /// <summary>What is attached to an event.</summary>
    internal static IEnumerable<Attachment> To(GridEvent happened) => happened switch
    {
        NoteAdded note => note.Attachments,
        OutcomeReported { Evidence: { } evidence } => evidence.SelectMany(File),
        _ => [],
    };

    /// <summary>What is attached to an event as it is stored.</summary>
    internal static IEnumerable<Attachment> ToStored(string manifest, byte[] message) =>
        StoredEvents.Read<NoteAdded>(manifest, message).Concat<GridEvent>(StoredEvents.Read<OutcomeReported>(manifest, message)).SelectMany(To);

    private static IEnumerable<Attachment> File(Evidence evidence) => evidence is { MediaType: { } mediaType, Bytes: { } bytes }
        ? [new Attachment(ContentHash.Parse(evidence.Sha256), evidence.Caption ?? "evidence", mediaType, bytes)]
        : [];
}
