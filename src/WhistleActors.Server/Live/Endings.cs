namespace WhistleActors.Server.Live;

/// <summary>Why the server ends what somebody follows; each begins with a stable code.</summary>
internal static class Endings
{
    internal const string SignInExpired = "sign-in-expired: connect again with a new token";

    internal const string BoardBehind = "board-behind: this node has not yet read the journal to its end; come back, or go to another";

    /// <summary>How long whoever begins waits for the journal. A client tries elsewhere after this; its picture is not fresh any more by then.</summary>
    internal static readonly TimeSpan PatienceForJournal = TimeSpan.FromSeconds(5);
}
