namespace WhistleActors.Server.Backups;

/// <summary>Why a backup was not taken, is not one to trust, or was not brought back. Nothing was changed.</summary>
internal sealed class BackupException(string code, string english, string chinese, Exception? cause = null) : Exception($"{english} {chinese}", cause)
{
    /// <summary>Names the reason; never changes.</summary>
    internal string Code { get; } = code;
}
