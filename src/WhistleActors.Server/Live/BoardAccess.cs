using WhistleActors.Actors.Boards;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Whistles;
using WhistleActors.Server.Commands;
using WhistleActors.Server.SignIn;

namespace WhistleActors.Server.Live;

/// <summary>Who may read what over HTTP: what the boards show to the organisation that they act for, and nothing else.</summary>
internal static class BoardAccess
{
    internal static bool Sees(this HttpContext http, Whistle whistle, CityPack pack) => BoardScope.IsShown(whistle, http.Officer().Organisation, pack);

    internal static bool SeesLoadOf(this HttpContext http, DepartmentCode department, CityPack pack) =>
        BoardScope.IsLoadShown(department, http.Officer().Organisation, pack);

    /// <summary>What is on a case may be read by those on it too, when no board shows it to them any more.</summary>
    internal static bool Sees(this HttpContext http, Whistle whistle, CaseAccess access, CityPack pack) => access != CaseAccess.None || http.Sees(whistle, pack);

    /// <summary>Notes that what is asked for is no board, where one is named.</summary>
    internal static void Require(string? board, Form form)
    {
        if (board is not null && BoardScope.Parse(board) is null)
            form.Wrong("?board", "unknown-board", "There is no such board.", "没有这样的看板。", ["city", "district:{code}", "subdistrict:{code}", "department:{code}", "whistle:{id}"]);
    }

    /// <summary>The answer to whoever asks for what no board shows them.</summary>
    internal static IResult NotYours() => Problems.Problems.Result(Problems.Problems.Of(
        403, "board-not-yours", "No board shows this to your organisation.", "贵单位的看板不显示此内容。",
        "Ask as an organisation that it concerns, as its district, or as the city; what is yours is at /api/v1/whistles.", "请以相关单位、其所在区或全市的身份查询；本单位可见的内容见 /api/v1/whistles。"));
}
