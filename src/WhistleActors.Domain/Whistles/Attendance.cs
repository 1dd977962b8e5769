using System.Collections.Immutable;
using WhistleActors.Domain.Officers;

namespace WhistleActors.Domain.Whistles;

/// <summary>Who came to the spot after the first crew of a department had checked in.</summary>
/// <param name="Further">In the order in which they came; also those who came back.</param>
public sealed record Attendance(ImmutableArray<CheckIn> Further)
{
    /// <summary>More check-ins after each department's first than a whistle needs: a limit that keeps its state small.</summary>
    public const int MostFurtherCheckIns = 40;

    /// <summary>More named persons than a whistle needs: a limit that keeps its state small.</summary>
    public const int MostPersons = 100;

    /// <summary>Nobody after the first.</summary>
    public static Attendance None { get; } = new([]);
}

/// <summary>A person who came with a crew.</summary>
/// <param name="Rank">职务, as the person states it.</param>
public sealed record Attendee(string Name, string? Rank);

/// <summary>A crew left the spot.</summary>
/// <param name="Unreleased">Nobody had let it go (事不完、人不撤): it stays committed.</param>
public sealed record Leaving(DateTimeOffset At, Officer By, bool Unreleased, string? Reason);
