using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Departments;

/// <summary>A body that can be summoned (部门/委办局).</summary>
/// <param name="Bureau">What kind of work it does; duties name bureaus, and the grid's district decides which department that is.</param>
/// <param name="District">The district that it serves; null when it serves the whole city.</param>
public sealed record Department(DepartmentCode Code, BureauCode Bureau, LocalizedText Name, LocalizedText ShortName, DepartmentKind Kind, DistrictCode? District)
{
    /// <summary>True when it can be summoned in the district.</summary>
    public bool Serves(DistrictCode district) => District is null || District == district;
}
