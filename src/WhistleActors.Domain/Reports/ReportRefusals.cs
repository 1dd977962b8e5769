using WhistleActors.Domain.Refusals;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Reports;

/// <summary>Every refusal of the report desks, in both languages. A code, once released, keeps its meaning.</summary>
public static class ReportRefusals
{
    public static Refusal Unknown(string report) => new("unknown-report", RefusalKind.Unknown,
        new($"没有编号为 {report} 的来件。", $"There is no report {report}."), new("请核对来件编号。", "Check the report's id."));

    public static Refusal NotOpen() => new("report-not-open", RefusalKind.Conflict,
        new("该来件已有处理结论。", "What becomes of this report is decided already."), new("请重新读取该来件。", "Read the report again."));

    public static Refusal NotYours() => new("not-your-report", RefusalKind.Forbidden,
        new("该来件不由本单位处理。", "This report is not for your organisation to see or decide."),
        new("由事发地街乡决定如何处理；尚未落格的，由区指挥中心落格。", "The subdistrict of the place decides; what has no grid yet is placed by the district's command centre."));

    public static Refusal OnlyLooksOn() => new("observer-reports-nothing", RefusalKind.Forbidden,
        new("观察账号不能提交来件。", "An account that only looks on sends no reports."), new("请使用有办理权限的账号。", "Use the account of somebody who acts."));

    public static Refusal DeskFull(int most) => new("report-desk-full", RefusalKind.Full,
        new($"未处理的来件已达 {most} 件上限。", $"The desk has its {most} open reports already."), new("请先处理已有来件，稍后重试。", "Decide some of them first, then send it again."));

    public static Refusal NotPlaced() => new("report-not-placed", RefusalKind.Conflict,
        new("该来件尚未落格。", "The grid of this report is not known yet."), new("请先确定所在网格。", "Say in which grid it is first."));

    public static Refusal BeingWhistled() => new("report-being-whistled", RefusalKind.Conflict,
        new("正在为该来件吹哨。", "A whistle is being blown for this report."), new("请稍候并重新读取该来件。", "Wait a moment and read the report again."));

    public static Refusal GridOfAnotherDistrict(DistrictCode district) => new("grid-of-another-district", RefusalKind.Forbidden,
        new($"该网格属于 {district} 区。", $"The grid belongs to district {district}."), new("请由该区指挥中心落格。", "Let that district's command centre place it."));

    public static Refusal WhistleElsewhere(SubdistrictCode subdistrict) => new("whistle-of-another-subdistrict", RefusalKind.Conflict,
        new($"该哨由街乡 {subdistrict} 吹响。", $"The whistle was blown by subdistrict {subdistrict}."), new("只能并入本街乡未结束的哨。", "A report is merged into an open whistle of its own subdistrict."));
}
