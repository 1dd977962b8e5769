using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Boards;

/// <summary>Which part of the city a board shows: <c>city</c>, <c>district:</c>, <c>subdistrict:</c>, <c>department:</c> or <c>whistle:</c> and a code.
/// What waits for its approval is shown only to the subdistrict and the district that it is of, and to the department that proposed it.</summary>
public sealed record BoardScope
{
    private BoardScope(string name) => (Name, Board) = (name, name);

    /// <summary>The scope as it is written.</summary>
    public string Name { get; }

    /// <summary>The board as whoever follows it calls it, though less of it may be shown to them.</summary>
    public string Board { get; private init; }

    /// <summary>Everything that sounds.</summary>
    public static BoardScope City { get; } = new("city");

    /// <summary>What summons a department, or was blown by it.</summary>
    public static BoardScope Of(DepartmentCode department) => new($"department:{department}") { Department = department };

    /// <summary>One whistle.</summary>
    public static BoardScope Of(WhistleId whistle) => new($"whistle:{whistle}") { Whistle = whistle };

    /// <summary>Whether a whistle is shown to whoever acts for an organisation: then they may read it in any way.</summary>
    public static bool IsShown(Whistle whistle, OrganisationCode to, CityPack pack) => Of(whistle.Id).ShownTo(to, pack)?.Shows(whistle) == true;

    /// <summary>The same for the load of a department: on its own board, or among others.</summary>
    public static bool IsLoadShown(DepartmentCode department, OrganisationCode to, CityPack pack) =>
        Of(department).ShownTo(to, pack) is not null || SeenBy(to, pack)?.Shows(department, pack.PartyOf(department)?.District) == true;

    /// <summary>The same for the load of a district.</summary>
    public static bool IsLoadShown(DistrictCode district, OrganisationCode to, CityPack pack) => SeenBy(to, pack)?.Shows(district) == true;

    /// <summary>The one whistle that it shows at most; null when it shows more.</summary>
    internal WhistleId? Only => Whistle;

    /// <summary>Whose board it is; null for the city's.</summary>
    internal BoardOwner? Owner =>
        District is { } district ? new('d', district.Text)
        : Subdistrict is { } subdistrict ? new('s', subdistrict.Text)
        : Department is { } department ? new('b', department.Text)
        : null;

    private DistrictCode? District { get; init; }

    private SubdistrictCode? Subdistrict { get; init; }

    private DepartmentCode? Department { get; init; }

    private WhistleId? Whistle { get; init; }

    /// <summary>Reads a scope; null when it is none.</summary>
    public static BoardScope? Parse(string? name) => name?.Split(':', 2) switch
    {
        ["city"] => City,
        ["district", var text] when DistrictCode.TryParse(text, out var code) => new(name) { District = code },
        ["subdistrict", var text] when SubdistrictCode.TryParse(text, out var code) => new(name) { Subdistrict = code },
        ["department", var text] when DepartmentCode.TryParse(text, out var code) => new(name) { Department = code },
        ["whistle", var text] when WhistleId.TryParse(text, out var code) => new(name) { Whistle = code },
        _ => null,
    };

    /// <summary>
    /// The most that an organisation sees. The city sees everything; a district itself, with its subdistricts and its own bureaus; a subdistrict
    /// the whistles blown in it or together with it, those that summon it, and those where crews posted to it have checked in; a department those that
    /// summon it or that it blew. Null when there is no such organisation: then nothing.
    /// </summary>
    public static BoardScope? SeenBy(OrganisationCode organisation, CityPack pack)
    {
        var text = organisation.Text;
        return text == City.Name ? City
            : DistrictCode.TryParse(text, out var district) && pack.Territory.Districts.ContainsKey(district) ? new($"district:{text}") { District = district }
            : SubdistrictCode.TryParse(text, out var subdistrict) && pack.Territory.Subdistricts.ContainsKey(subdistrict) ? new($"subdistrict:{text}") { Subdistrict = subdistrict }
            : DepartmentCode.TryParse(text, out var department) && pack.Departments.ContainsKey(department) ? new($"department:{text}") { Department = department }
            : null;
    }

    /// <summary>What of this scope may be shown to somebody who sees another one at most; null when it is not theirs to see.</summary>
    public BoardScope? For(BoardScope seen, CityPack pack)
    {
        if (seen == City || seen == this)
            return this;
        if (Whistle is { } whistle)
        {
            // Whom a whistle concerns beyond its place is not in its id, and changes: so that is looked at whenever it is shown.
            var place = pack.Territory.Grids.GetValueOrDefault(whistle.Grid)?.Subdistrict;
            return place is { } at && (at == seen.Subdistrict || IsIn(at, seen.District, pack))
                ? this
                : new($"{Name}&{seen.Name}") { Board = Name, Whistle = whistle, District = seen.District, Subdistrict = seen.Subdistrict, Department = seen.Department };
        }

        // A subdistrict that is summoned has a load like a department.
        if (seen.Subdistrict is { } own && Department?.Text == own.Text)
            return this;
        if (seen.District is not { } district)
            return null;
        return (Subdistrict is { } part && IsIn(part, district, pack))
            || (Department is { } bureau && pack.Departments.GetValueOrDefault(bureau)?.District == district)
            ? this
            : null;
    }

    /// <summary>What of this scope may be shown to whoever acts for an organisation; null when nothing.</summary>
    public BoardScope? ShownTo(OrganisationCode organisation, CityPack pack) => SeenBy(organisation, pack) is { } seen ? For(seen, pack) : null;

    public bool Equals(BoardScope? other) => other?.Name == Name;

    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);

    /// <summary>All whose boards may show a whistle, and perhaps some that do not: so that a board need not look at whistles that have nothing to do with it.</summary>
    internal static HashSet<BoardOwner> OwnersOf(Whistle whistle)
    {
        var owners = new HashSet<BoardOwner> { new('d', whistle.District.Text), new('s', whistle.Subdistrict.Text), new('b', whistle.Initiator.Text) };
        foreach (var other in whistle.Blowing?.Joint ?? [])
        {
            owners.Add(new('d', other.District.Text));
            owners.Add(new('s', other.Subdistrict.Text));
        }

        // A party that is summoned may be a department or a subdistrict.
        foreach (var summons in whistle.Summonses)
        {
            owners.Add(new('b', summons.Department.Text));
            if (whistle.SummonsSubdistrict(summons.Department))
                owners.Add(new('s', summons.Department.Text));
            if (summons.CheckIn?.PostedTo is { } post)
                owners.Add(new('s', post.Text));
            foreach (var further in summons.Attendance?.Further ?? [])
            {
                if (further.PostedTo is { } from)
                    owners.Add(new('s', from.Text));
            }
        }

        return owners;
    }

    internal bool Shows(Whistle whistle) =>
        (this != City || whistle.HasSounded)
        && (District is null || whistle.District == District || IsJoint(whistle, other => other.District == District))
        && (Subdistrict is not { } subdistrict || whistle.Subdistrict == subdistrict || Concerns(whistle, subdistrict))
        && (Department is not { } department || (whistle.HasSounded && whistle.SummonsOf(department) is not null) || whistle.Initiator.Text == department.Text)
        && (Whistle is null || whistle.Id == Whistle);

    /// <summary>Whether the load of a department is shown.</summary>
    public bool Shows(DepartmentCode department, DistrictCode? district) =>
        Subdistrict is null
        && Whistle is null
        && (District is null || district is null || district == District)
        && (Department is null || department == Department);

    /// <summary>The load of a district is the city's and its own to see.</summary>
    internal bool Shows(DistrictCode district) => this == City || (District == district && Whistle is null);

    private static bool Concerns(Whistle whistle, SubdistrictCode subdistrict) =>
        IsJoint(whistle, other => other.Subdistrict == subdistrict)
        || (whistle.HasSounded && whistle.SummonsSubdistrict(DepartmentCode.Parse(subdistrict.Text)))
        || CameFrom(subdistrict, whistle);

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

    private static bool IsIn(SubdistrictCode part, DistrictCode? district, CityPack pack) =>
        district is not null && pack.Territory.Subdistricts.GetValueOrDefault(part)?.District == district;
}

/// <summary>Whose board something is on: a district (d), a subdistrict (s) or a department (b).</summary>
internal readonly record struct BoardOwner(char Kind, string Code);
