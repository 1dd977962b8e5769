namespace WhistleActors.Server.Live;

/// <summary>Why the server ends what somebody follows; each begins with a stable code.</summary>
internal static class Endings
{
    internal const string SignInExpired = "sign-in-expired: connect again with a new token";

    internal const string AccessWithdrawn = "access-withdrawn: an administrator has withdrawn your access; sign in anew if you may";

    internal const string BoardBehind = "board-behind: this node has not yet read the journal to its end; come back, or go to another";

    internal const string TooSlow = "too-slow: you do not take what you are sent; come back with your position";

    internal const string Failed = "board-failed: the server could not read its board; come back with your position";

    /// <summary>After so long a screen that takes nothing is told to go, as soon as it can be; half a second later its socket is closed without a word.</summary>
    internal static readonly TimeSpan PatienceForScreen = TimeSpan.FromSeconds(2.5);

    /// <summary>How long whoever begins waits for the journal. A client tries elsewhere after this; its picture is not fresh any more by then.</summary>
    internal static readonly TimeSpan PatienceForJournal = TimeSpan.FromSeconds(5);
}
