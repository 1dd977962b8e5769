namespace WhistleActors.Domain.Officers;

/// <summary>What an officer may do. The first four are the four powers of the subdistrict (四权), each a permission of its own.</summary>
[Flags]
public enum Powers
{
    /// <summary>Nothing but looking on.</summary>
    None = 0,

    /// <summary>召集权: blow, blow again, confer, release, withdraw, void, close, reopen.</summary>
    Convene = 1,

    /// <summary>评价权: rate.</summary>
    Evaluate = 2,

    /// <summary>考核权: assess.</summary>
    Assess = 4,

    /// <summary>否决权: accept or veto an outcome.</summary>
    Veto = 8,

    /// <summary>Sign a summons and report its outcome.</summary>
    Answer = 16,

    /// <summary>Depart and check in.</summary>
    Attend = 32,

    /// <summary>统一指挥: release, confer, void and reopen in place of the initiator.</summary>
    Command = 64,

    /// <summary>审批: approve or reject a whistle whose level needs it.</summary>
    Approve = 128,

    /// <summary>部门吹哨: blow for a department, judge the others' work, release them.</summary>
    Call = 256,
}
