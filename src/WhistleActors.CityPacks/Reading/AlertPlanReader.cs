using System.Collections.Immutable;
using WhistleActors.Domain.Alerts;

namespace WhistleActors.CityPacks.Reading;

/// <summary>Reads when whom of a department is told that a summons waits; a city that does not say takes the default.</summary>
internal static class AlertPlanReader
{
    private const int MostSteps = 8;

    internal static AlertPlan Read(JsonCursor pack, JsonItem item)
    {
        if (!item.Members.ContainsKey("alerts") || pack.Object("alerts") is not { } alerts)
            return AlertPlan.Default;
        return new AlertPlan(
            Steps(alerts, "steps"),
            Steps(alerts, "emergencySteps"),
            Minutes(alerts, "chaseAfterMinutes"),
            Minutes(alerts, "emergencyChaseAfterMinutes"),
            TimeSpan.FromSeconds(alerts.Number("calmSeconds", 0, 3_600) ?? 0));
    }

    private static ImmutableArray<AlertStep> Steps(JsonCursor alerts, string name)
    {
        var steps = ImmutableArray.CreateBuilder<AlertStep>();
        foreach (var step in alerts.Objects(name))
        {
            if (step.Word<ChainRank>("rank") is not { } rank || step.Number("afterMinutes", 0, 1_440) is not { } minutes)
                continue;
            if (steps.Count > 0 && TimeSpan.FromMinutes(minutes) < steps[^1].After)
                step.Fault(step.Line, CityPackFaultCode.BadNumber, "各级提醒须按时间先后排列。", "The steps must be in the order of their waits.");
            else
                steps.Add(new AlertStep(rank, TimeSpan.FromMinutes(minutes)));
        }

        if (steps.Count is 0 or > MostSteps)
            alerts.Fault(alerts.Line, CityPackFaultCode.BadNumber, $"“{name}”须有 1 至 {MostSteps} 级。", $"'{name}' must have 1 to {MostSteps} steps.");
        return steps.ToImmutable();
    }

    private static TimeSpan Minutes(JsonCursor alerts, string name) => TimeSpan.FromMinutes(alerts.Number(name, 1, 10_080) ?? 1);
}
