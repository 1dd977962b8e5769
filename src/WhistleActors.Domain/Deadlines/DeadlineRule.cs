using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Deadlines;

/// <summary>One line of the pack's time limits. A null condition matches everything; the line with the most conditions met wins.</summary>
public sealed record DeadlineRule(Clock Clock, WhistleLevel? Level, MatterCode? Matter, DepartmentKind? DepartmentKind, TimeLimit Limit);
