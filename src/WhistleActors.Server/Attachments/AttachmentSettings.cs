namespace WhistleActors.Server.Attachments;

/// <summary>Where attachments are kept, and how large one may be.</summary>
/// <param name="Folder"><c>WHISTLE_ATTACHMENTS</c>; beside the database when not set. Nodes of one cluster share it.</param>
public sealed record AttachmentSettings(string Folder)
{
    /// <summary>The largest attachment; <c>WHISTLE_ATTACHMENT_MOST_MIB</c>.</summary>
    public long MostBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Uploads that are taken in at once: each needs a file handle and the disk.</summary>
    public int MostAtOnce { get; init; } = 16;

    /// <summary>What uploads leave free on the disk, so that the journal can always write.</summary>
    public long LeaveFreeBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>How long an upload waits for a note to refer to it.</summary>
    public TimeSpan KeepUnclaimedFor { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>Puts the attachments into the host.</summary>
internal static class AttachmentHosting
{
    internal static void AddAttachments(this IServiceCollection services, AttachmentSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<AttachmentSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<AttachmentSweep>());
    }
}
