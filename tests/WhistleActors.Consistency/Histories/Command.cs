using WhistleActors.Contract.Whistles;

namespace WhistleActors.Consistency.Histories;

/// <summary>What a client asked for, and all that it was told.</summary>
/// <param name="Key">Its <c>Idempotency-Key</c>.</param>
/// <param name="Person">Who asked.</param>
/// <param name="Kind">What is asked, in the words of the API's path: <c>blow</c>, <c>sign</c>, <c>check-in</c>.</param>
/// <param name="About">The grid for <c>blow</c>, else the whistle.</param>
/// <param name="Department">Whose summons it is about; null when it is about the whistle.</param>
/// <param name="At">When it was asked first, by the clock of the checker.</param>
internal sealed record Command(string Key, string Person, string Kind, string About, string? Department, DateTimeOffset At)
{
    private readonly List<Answer> answers = [];

    /// <summary>In the order in which they came. A command that is sent over two nodes at once gets two.</summary>
    internal IReadOnlyList<Answer> Answers
    {
        get
        {
            lock (answers)
                return [.. answers];
        }
    }

    internal void Told(Answer answer)
    {
        lock (answers)
            answers.Add(answer);
    }
}

/// <summary>What a client was told.</summary>
/// <param name="Whistle">The whistle right after the command, when it was accepted.</param>
/// <param name="Refusal">The code of the refusal. Neither this nor a whistle: nobody answered until the client gave up, and nobody knows.</param>
/// <param name="Attempts">Over how many nodes, one after the other, it was asked.</param>
internal sealed record Answer(DateTimeOffset At, WhistleView? Whistle, string? Refusal, int Attempts);
