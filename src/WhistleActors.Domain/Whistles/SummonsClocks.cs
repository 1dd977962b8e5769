using System.Collections.Immutable;
using WhistleActors.Domain.Deadlines;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>
/// The clocks of a summons beyond those for signing and checking in, and what moved any of them. Null on a summons that was stamped before there
/// were six clocks, as long as nobody asks for a delay.
/// </summary>
/// <param name="Schedule">Which of the whistle's schedules it runs by; null when it was stamped with none.</param>
/// <param name="Marks">Clocks that no longer stand as they were stamped.</param>
/// <param name="Extensions">Every extension that was asked for, the one that is undecided last.</param>
/// <param name="Suspensions">Every suspension that was asked for, the one that is undecided or holds last.</param>
public sealed record SummonsClocks(
    int? Schedule,
    ImmutableArray<ClockMark>? Marks = null,
    Contact? Contact = null,
    ImmutableArray<Measure>? Measures = null,
    WrittenReport? Report = null,
    ImmutableArray<Extension>? Extensions = null,
    ImmutableArray<Suspension>? Suspensions = null)
{
    /// <summary>The mark of a clock; null while it stands as it was stamped.</summary>
    public ClockMark? MarkOf(Clock clock)
    {
        foreach (var mark in Marks ?? [])
        {
            if (mark.Clock == clock)
                return mark;
        }

        return null;
    }

    /// <summary>The extension that is asked for and not decided.</summary>
    public Extension? AskedExtension => Extensions is [.., { Decision: null } last] ? last : null;

    /// <summary>The suspension that is asked for and not decided.</summary>
    public Suspension? AskedSuspension => Suspensions is [.., { Decision: null } last] ? last : null;

    /// <summary>The suspension that holds now (挂账).</summary>
    public Suspension? Suspended => Suspensions is [.., { EndsAt: not null, EndedAt: null } last] ? last : null;

    internal SummonsClocks WithMark(ClockMark mark)
    {
        var marks = Marks ?? [];
        var index = marks.ToList().FindIndex(other => other.Clock == mark.Clock);
        return this with { Marks = index < 0 ? marks.Add(mark) : marks.SetItem(index, mark) };
    }
}

/// <summary>What has become of a clock since it was stamped.</summary>
/// <param name="Run">How it runs now, when it does not run as stamped.</param>
/// <param name="Noticed">The highest part of its time, in per cent, of whose passing notice was given.</param>
/// <param name="PassedAt">When it was recorded that it ran out; of signing and checking in the summons itself tells that.</param>
public sealed record ClockMark(Clock Clock, ClockRun? Run = null, int? Noticed = null, DateTimeOffset? PassedAt = null);

/// <summary>The department spoke to the initiator (联系).</summary>
public sealed record Contact(DateTimeOffset At, Officer By, bool Late, string? Note);

/// <summary>What the department did on the spot (现场措施).</summary>
/// <param name="Document">The number of the legal document that was issued, such as a decision to order removal.</param>
public sealed record Measure(DateTimeOffset At, Officer By, bool Late, string Text, string? Document);

/// <summary>The department's written report (书面反馈).</summary>
public sealed record WrittenReport(DateTimeOffset At, Officer By, bool Late, string Text);

/// <summary>What the initiator or the command centre said to a request.</summary>
public sealed record ClockDecision(DateTimeOffset At, Officer By, bool Approved, string? Reason);

/// <summary>More time for one clock (延期): asked for by the department, and given only by a decision.</summary>
/// <param name="Due">When the clock ran out before.</param>
/// <param name="Until">When it is to run out.</param>
public sealed record Extension(Clock Clock, DateTimeOffset At, Officer By, DateTimeOffset Due, DateTimeOffset Until, string Reason, ClockDecision? Decision = null);

/// <summary>All clocks of a summons standing still (挂账): asked for by the department, and given only by a decision.</summary>
/// <param name="Until">The last day on which it holds.</param>
/// <param name="EndsAt">When it ends by itself; null as long as it is not approved.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="EndedBy">Who ended it before its day; null when time did.</param>
public sealed record Suspension(
    DateTimeOffset At,
    Officer By,
    DateOnly Until,
    string Reason,
    ClockDecision? Decision = null,
    DateTimeOffset? EndsAt = null,
    DateTimeOffset? EndedAt = null,
    Officer? EndedBy = null);
