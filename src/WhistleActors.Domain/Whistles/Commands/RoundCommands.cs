using System.Collections.Immutable;
using WhistleActors.Domain.Departments;

namespace WhistleActors.Domain.Whistles.Commands;

/// <summary>Blow the same whistle again (二次哨, 三次哨): the last round did not work.</summary>
/// <param name="Reason">What did not work, and so why others are added.</param>
/// <param name="Lead">Who leads from now on, of those summoned already; null to leave that as it is.</param>
/// <param name="Add">Who is summoned besides, or again although settled.</param>
public sealed record BlowAgain(WhistleId Whistle, string Reason, DepartmentCode? Lead, ImmutableArray<SummonedDepartment> Add) : WhistleCommand(Whistle);

/// <summary>Take up a closed whistle again after a revisit (回访): all its departments are summoned once more.</summary>
/// <param name="Found">What the revisit found.</param>
public sealed record ReopenWhistle(WhistleId Whistle, string Reason, string Found) : EndedWhistleCommand(Whistle);
