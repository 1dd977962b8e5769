using WhistleActors.Domain;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.Server.Alerts.Channels;

/// <summary>A notice in words. It names no incident: a telephone lies about, and the console has the rest.</summary>
internal static class NoticeText
{
    internal static LocalizedText Of(AlertNotice notice)
    {
        var forgotten = notice.Alerts.Count(alert => alert.Cause == AlertCause.NotDeparted);
        return new LocalizedText(
            $"{(notice.Exercise == true ? "【演练】" : "")}{(notice.Emergency ? "【应急】" : "")}本部门现有 {notice.Unsigned} 个哨待签收{(forgotten > 0 ? $"，{forgotten} 个已签收尚未出发" : "")}，请立即处理。",
            $"{(notice.Exercise == true ? "EXERCISE: " : "")}{(notice.Emergency ? "EMERGENCY: " : "")}{notice.Unsigned} unsigned{(forgotten > 0 ? $", {forgotten} signed but nobody has set out" : "")}. Please answer now.");
    }
}
