using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Problems;

namespace WhistleActors.Server.Commands;

/// <summary>Reads what a path names; what cannot exist is refused like what does not.</summary>
internal static class Routes
{
    internal static WhistleId Whistle(string text) => WhistleId.TryParse(text, out var id) ? id : throw NotFound("unknown-whistle",
        "The path names no whistle.", "路径中没有哨的编号。", "An id is a grid's code, a dash and a number.", "编号由网格代码、短横和数字组成。");

    internal static GridCode Grid(string text) => GridCode.TryParse(text, out var code) ? code : throw NotFound("unknown-grid",
        "The path names no grid.", "路径中没有网格代码。", "Use a grid code of this city, or look the grid up by position.", "请使用本市网格代码，或按位置查询所在网格。");

    internal static DepartmentCode Department(string text) => DepartmentCode.TryParse(text, out var code) ? code : throw NotFound("unknown-department",
        "The path names no department.", "路径中没有部门代码。", "Choose a department from the list of departments.", "请从部门清单中选择。");

    private static ProblemException NotFound(string code, string en, string zh, string remedyEn, string remedyZh) =>
        new(Problems.Problems.Of(StatusCodes.Status404NotFound, code, en, zh, remedyEn, remedyZh));
}
