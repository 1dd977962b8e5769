using WhistleActors.Consistency.Histories;

namespace WhistleActors.Consistency.Verification;

/// <summary>What is too late: more than a second, and more than this machine itself was late then; except while the cluster was disturbed.</summary>
internal sealed class Lateness(History history, MachineStalls stalls)
{
    /// <summary>Promise 4: a deadline that passes is recorded within this.</summary>
    internal static readonly TimeSpan Allowed = TimeSpan.FromSeconds(1);

    /// <summary>The latest of all that came in undisturbed times.</summary>
    internal TimeSpan LongestUndisturbed { get; private set; }

    /// <summary>The latest of all.</summary>
    internal TimeSpan Longest { get; private set; }

    /// <returns>How late it was, when that was too late.</returns>
    internal TimeSpan? Judge(DateTimeOffset due, DateTimeOffset done)
    {
        var late = done - due;
        Longest = late > Longest ? late : Longest;
        if (history.Excuses(due, done))
            return null;
        LongestUndisturbed = late > LongestUndisturbed ? late : LongestUndisturbed;
        return late > Allowed + stalls.LongestBetween(due, done) ? late : null;
    }
}
