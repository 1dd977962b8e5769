using WhistleActors.CityPacks;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Reports;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Server.Reports;

/// <summary>Where a report belongs: its grid, if what is known of the place leads to one, and the desk that takes it in.</summary>
internal sealed class ReportPlacing(CityPack pack, GridLocator locator)
{
    /// <summary>By the finest that is known. A position outside the city places nothing: the other hints count then.</summary>
    internal (DeskCode Desk, GridCode? Grid) Find(LonLat? place, GridCode? grid, SubdistrictCode? subdistrict, DistrictCode? district)
    {
        var found = grid is { } code ? pack.Territory.Grids.GetValueOrDefault(code) : place is { } point ? locator.Locate(point) : null;
        return found is not null ? (DeskCode.Parse(found.Subdistrict.Text), found.Code)
            : subdistrict is { } street ? (DeskCode.Parse(street.Text), null)
            : district is { } whole ? (DeskCode.Parse(whole.Text), null)
            : (DeskCode.City, null);
    }

    /// <summary>By the names that people write: of the district, the subdistrict, and the community, which leads to a grid when it has only one.</summary>
    internal (GridCode? Grid, SubdistrictCode? Subdistrict, DistrictCode? District) ByNames(string? district, string? subdistrict, string? community)
    {
        var whole = pack.Territory.Districts.Values.FirstOrDefault(d => d.Name.Zh == district);
        var streets = pack.Territory.Subdistricts.Values.Where(s => s.Name.Zh == subdistrict && (whole is null || s.District == whole.Code)).Take(2).ToList();

        // A name that two subdistricts of the city share says nothing without the district.
        if (streets is not [var street])
            return (null, null, whole?.Code);
        var grids = community is null ? [] : pack.Territory.Grids.Values
            .Where(grid => grid.Subdistrict == street.Code && pack.Territory.Communities[grid.Community].Name.Zh == community).Take(2).ToList();
        return (grids is [var only] ? only.Code : null, street.Code, street.District);
    }
}
