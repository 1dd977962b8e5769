using System.Collections.Immutable;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Alerts;

/// <summary>
/// When whom of a department is told that a summons waits: unread goes to the person on duty, then to the deputy, the head and the district
/// (DOMAIN 8.6, item 7). The steps and waits are the city's.
/// </summary>
/// <param name="Steps">In the order of their waits, counted from when the alert was raised.</param>
/// <param name="EmergencySteps">The same under an emergency whistle.</param>
/// <param name="ChaseAfter">A signed summons that shows no departure for this long is chased up the same chain.</param>
/// <param name="CalmFor">A device is told again only after this long; what comes meanwhile is told together.</param>
public sealed record AlertPlan(
    ImmutableArray<AlertStep> Steps, ImmutableArray<AlertStep> EmergencySteps, TimeSpan ChaseAfter, TimeSpan EmergencyChaseAfter, TimeSpan CalmFor)
{
    /// <summary>For a city that says nothing else.</summary>
    public static AlertPlan Default { get; } = new(
        Chain(0, 3, 6, 10), Chain(0, 1, 2, 4), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));

    /// <summary>The steps for a whistle of a level.</summary>
    public ImmutableArray<AlertStep> StepsFor(WhistleLevel level) => level == WhistleLevel.Emergency ? EmergencySteps : Steps;

    /// <summary>When a step of an alert is due; null when its chain has no such step.</summary>
    public DateTimeOffset? DueAt(OpenAlert alert, int step)
    {
        var steps = StepsFor(alert.Level);
        return step < steps.Length ? alert.Since + WaitBefore(alert) + steps[step].After : null;
    }

    /// <summary>How long a signed summons may show no departure.</summary>
    public TimeSpan ChaseAfterFor(WhistleLevel level) => level == WhistleLevel.Emergency ? EmergencyChaseAfter : ChaseAfter;

    /// <summary>How long an alert goes unanswered before it comes to a place of the chain; null when it never does.</summary>
    public TimeSpan? WaitBefore(ChainRank rank, WhistleLevel level)
    {
        foreach (var step in StepsFor(level))
        {
            if (step.Rank == rank)
                return step.After;
        }

        return null;
    }

    private TimeSpan WaitBefore(OpenAlert alert) => alert.Cause == AlertCause.NotDeparted ? ChaseAfterFor(alert.Level) : TimeSpan.Zero;

    private static ImmutableArray<AlertStep> Chain(params ReadOnlySpan<int> minutes)
    {
        var steps = ImmutableArray.CreateBuilder<AlertStep>();
        for (var i = 0; i < minutes.Length; i++)
            steps.Add(new AlertStep((ChainRank)i, TimeSpan.FromMinutes(minutes[i])));
        return steps.ToImmutable();
    }
}

/// <summary>One step of the escalation.</summary>
/// <param name="After">How long the alert has gone unanswered by then.</param>
public sealed record AlertStep(ChainRank Rank, TimeSpan After);

/// <summary>The places in the chain of command that an unanswered alert climbs.</summary>
public enum ChainRank
{
    /// <summary>值班人员.</summary>
    OnDuty,

    /// <summary>副职.</summary>
    Deputy,

    /// <summary>主要负责人.</summary>
    Head,

    /// <summary>区指挥中心.</summary>
    DistrictCommand,
}
