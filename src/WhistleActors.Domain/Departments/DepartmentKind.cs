namespace WhistleActors.Domain.Departments;

/// <summary>The kinds of body that a subdistrict can summon (street law art. 5: departments, their branches, public-service enterprises).</summary>
public enum DepartmentKind
{
    /// <summary>委办局.</summary>
    Bureau,

    /// <summary>派出机构, a bureau's branch.</summary>
    Branch,

    /// <summary>公共服务企业: water, power, gas, heat.</summary>
    Enterprise,

    /// <summary>指挥中心, the backstop for a matter that nobody owns.</summary>
    CommandCentre,

    /// <summary>街乡, where a department calls it (部门要求、街乡落实). Every subdistrict is one; a pack lists none among its departments.</summary>
    Subdistrict,
}
