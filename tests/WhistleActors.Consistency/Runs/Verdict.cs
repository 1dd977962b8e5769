using WhistleActors.Consistency.Verification;

namespace WhistleActors.Consistency.Runs;

/// <summary>What a run came to.</summary>
/// <param name="Violations">Empty when every promise was kept.</param>
internal sealed record Verdict(int Seed, IReadOnlyList<Violation> Violations, Figures Figures);

/// <summary>How much was done and seen; times in seconds.</summary>
/// <param name="Commands">Commands asked for.</param>
/// <param name="Acknowledged">Of these, answered with success.</param>
/// <param name="Unanswered">Of these, given up: nobody knows, unless the journal does.</param>
/// <param name="UnansweredDone">Of the unanswered, in the journal.</param>
/// <param name="Repeated">Answers that took more than one node.</param>
/// <param name="Deadlines">Events of time.</param>
/// <param name="Steps">Steps of alerts.</param>
/// <param name="Frames">Frames of boards that were looked at.</param>
/// <param name="LatestUndisturbed">The latest record of something due, while nothing was wrong.</param>
/// <param name="Latest">The latest of all, at take-overs.</param>
/// <param name="LongestSilence">The longest time in which no command was acknowledged.</param>
/// <param name="LongestStall">The longest time for which this machine let the checker's own timer wait.</param>
/// <param name="HeldBack">How many chunks came late or had to wait at a wire.</param>
/// <param name="EndedByThemselves">How often a node ended itself, as one does that was voted out.</param>
/// <param name="Faults">How often each struck.</param>
/// <param name="LeftOut">Faults that cannot strike on this machine.</param>
internal sealed record Figures(
    double Minutes,
    int Commands,
    int Acknowledged,
    int Unanswered,
    int UnansweredDone,
    int Repeated,
    int Whistles,
    int Events,
    int Deadlines,
    int Steps,
    int Frames,
    double LatestUndisturbed,
    double Latest,
    double LongestSilence,
    double LongestStall,
    int HeldBack,
    int EndedByThemselves,
    IReadOnlyDictionary<string, int> Faults,
    IReadOnlyList<string> LeftOut);
