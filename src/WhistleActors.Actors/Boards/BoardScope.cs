using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Boards;

/// <summary>Which part of the city a board shows: <c>city</c>, <c>district:</c>, <c>subdistrict:</c>, <c>department:</c> or <c>whistle:</c> and a code.
/// What waits for its approval is shown only to the subdistrict and the district that it is of, and to the department that proposed it.</summary>
public sealed record BoardScope
{
    private readonly Func<Whistle, bool> whistles;
    private readonly Func<DepartmentCode, DistrictCode?, bool> departments;

    private BoardScope(string name, Func<Whistle, bool> whistles, Func<DepartmentCode, DistrictCode?, bool> departments) =>
        (Name, this.whistles, this.departments) = (name, whistles, departments);

    /// <summary>The scope as it is written.</summary>
    public string Name { get; }

    /// <summary>Everything that sounds.</summary>
    public static BoardScope City { get; } = new("city", whistle => whistle.HasSounded, (_, _) => true);

    /// <summary>Reads a scope; null when it is none.</summary>
    public static BoardScope? Parse(string? name)
    {
        var parts = name?.Split(':', 2) ?? [];
        return parts switch
        {
            ["city"] => City,
            ["district", var text] when DistrictCode.TryParse(text, out var code) =>
                new(name!, whistle => whistle.District == code || IsJoint(whistle, other => other.District == code), (_, district) => district is null || district == code),
            ["subdistrict", var text] when SubdistrictCode.TryParse(text, out var code) =>
                new(name!, whistle => whistle.Subdistrict == code || IsJoint(whistle, other => other.Subdistrict == code) || CameFrom(code, whistle), (_, _) => false),
            ["department", var text] when DepartmentCode.TryParse(text, out var code) =>
                new(name!, whistle => (whistle.HasSounded && whistle.SummonsOf(code) is not null) || whistle.Initiator.Text == code.Text, (department, _) => department == code),
            ["whistle", var text] when WhistleId.TryParse(text, out var code) =>
                new(name!, whistle => whistle.Id == code, (_, _) => false),
            _ => null,
        };
    }

    // Whoever is asked to join sees what is asked, once it sounds.
    private static bool IsJoint(Whistle whistle, Func<CoInitiator, bool> with) =>
        whistle is { HasSounded: true, Blowing: { } blowing } && blowing.Joint.Any(with);

    // A subdistrict follows the crews that are posted to it, wherever they were called to.
    private static bool CameFrom(SubdistrictCode post, Whistle whistle)
    {
        foreach (var summons in whistle.Summonses)
        {
            if (summons.CheckIn?.PostedTo == post || (summons.Attendance?.Further.Any(checkIn => checkIn.PostedTo == post) ?? false))
                return true;
        }

        return false;
    }

    internal bool Shows(Whistle whistle) => whistles(whistle);

    internal bool Shows(DepartmentCode department, DistrictCode? district) => departments(department, district);

    public bool Equals(BoardScope? other) => other?.Name == Name;

    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);
}
