using System.Collections.Immutable;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Disputes;

/// <summary>The newest rulings of a city, by matter and district. Immutable.</summary>
public sealed class Precedents
{
    /// <summary>As many are kept of one matter in one district; what is older was ruled over again since.</summary>
    public const int MostPerMatterAndDistrict = 10;

    private readonly ImmutableDictionary<(MatterCode, DistrictCode), ImmutableArray<Precedent>> rulings;

    private Precedents(ImmutableDictionary<(MatterCode, DistrictCode), ImmutableArray<Precedent>> rulings) => this.rulings = rulings;

    /// <summary>No ruling yet.</summary>
    public static Precedents None { get; } = new(ImmutableDictionary<(MatterCode, DistrictCode), ImmutableArray<Precedent>>.Empty);

    /// <summary>All that are kept, in no order.</summary>
    public IEnumerable<Precedent> All => rulings.Values.SelectMany(of => of);

    /// <summary>These and one more.</summary>
    public Precedents With(Precedent precedent)
    {
        var key = (precedent.Matter, precedent.District);
        var newestFirst = Of(precedent.Matter, precedent.District).Add(precedent).OrderByDescending(of => of.At).Take(MostPerMatterAndDistrict);
        return new Precedents(rulings.SetItem(key, [.. newestFirst]));
    }

    /// <summary>Those of a matter in all districts, newest first.</summary>
    public ImmutableArray<Precedent> Of(MatterCode matter) =>
        [.. All.Where(precedent => precedent.Matter == matter).OrderByDescending(precedent => precedent.At).ThenBy(precedent => precedent.Whistle.Text, StringComparer.Ordinal)];

    /// <summary>Those of a matter in a district, newest first.</summary>
    public ImmutableArray<Precedent> Of(MatterCode matter, DistrictCode district) => rulings.GetValueOrDefault((matter, district), []);

    /// <summary>
    /// The ruling that decides who comes instead of a department for a matter on a day; null when the duty list stands. The newest ruling about a
    /// department in a role wins; if it brought another, and that one was later let go too, it goes on from there. Rulings made before
    /// the city changed the matter's duties do not count: the newer list has taken them in, or overruled them.
    /// </summary>
    public Precedent? Deciding(CityPack pack, MatterCode matter, DistrictCode district, DateOnly day, DepartmentCode department, DutyRole role)
    {
        var listChangedOn = pack.Duties.GetValueOrDefault(matter, []).Where(duty => duty.HoldsOn(day)).Select(duty => duty.ValidFrom).DefaultIfEmpty().Max();
        Precedent? deciding = null;
        while (Of(matter, district).FirstOrDefault(ruling => ruling.Department == department && ruling.Role == role) is { Instead: { } instead } next
            && pack.Calendar.DayOf(next.At) >= listChangedOn
            && pack.Departments.GetValueOrDefault(instead)?.Serves(district) == true
            && !(next.At <= deciding?.At))
        {
            (department, deciding) = (instead, next);
        }

        return deciding;
    }
}
