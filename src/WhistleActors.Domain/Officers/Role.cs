namespace WhistleActors.Domain.Officers;

/// <summary>In what capacity a person acts for an organisation. The role also says what kind of organisation it is.</summary>
public enum Role
{
    /// <summary>街乡: blows, accepts, vetoes, releases, closes.</summary>
    SubdistrictOfficer,

    /// <summary>部门值守: signs, sends crews, reports.</summary>
    Dispatcher,

    /// <summary>力量: departs and checks in on the spot.</summary>
    Crew,

    /// <summary>指挥中心 of a district: may release.</summary>
    Commander,

    /// <summary>Looks on: a wall display.</summary>
    Observer,

    /// <summary>系统管理员: sees to the system, never to a whistle.</summary>
    Administrator,

    /// <summary>街乡领导: what an officer may, and approves whistles.</summary>
    SubdistrictLeader,
}
