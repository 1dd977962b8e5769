using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Allocations;

/// <summary>
/// How much a summons presses for a crew, in minutes of urgency. The one rule of who comes first; the solver, the expected times and the planning in virtual
/// time all ask here.
/// </summary>
/// <remarks>
/// Waiting raises it without bound, and all else is bounded: so each summons comes before all that are asked for later than some time, whatever comes in.
/// Only emergencies can pass it for ever.
/// </remarks>
public static class Pressure
{
    /// <summary>More than anything but an emergency can reach within a year.</summary>
    public const double Emergency = 1e7;

    /// <summary>The pressure of a summons, wherever a crew would come from.</summary>
    /// <param name="waited">Minutes since the department was asked.</param>
    /// <param name="left">Minutes until its check-in clock runs out; below 0 when it has; infinite when there is none.</param>
    /// <param name="others">Other departments that are on the spot or on the way there.</param>
    /// <param name="missing">Other departments that are neither.</param>
    /// <param name="crewsNear">Crews that the department has out in the same subdistrict.</param>
    public static double Of(AllocationPolicy policy, WhistleLevel level, double waited, double left, int others, int missing, int crewsNear)
    {
        var urgency = policy.Horizon - Math.Clamp(left, 0, policy.Horizon);
        var sum = urgency + (policy.Ageing * Math.Max(0, waited)) + (policy.Waiting * Math.Min(others, MostOthers)) - (policy.Fairness * Math.Min(crewsNear, MostOthers));
        if (others > 0 && missing == 0)
            sum += policy.LastMissing;
        return level switch
        {
            WhistleLevel.Emergency => sum + Emergency,
            WhistleLevel.Campaign => sum + policy.Campaign,
            _ => sum,
        };
    }

    /// <summary>What is left of it for one crew: a long way, and a post elsewhere, take away. An emergency takes a crew from any post.</summary>
    /// <param name="travel">Minutes.</param>
    public static double For(AllocationPolicy policy, double pressure, double travel, bool postedElsewhere) =>
        pressure - (policy.Travel * Math.Min(travel, MostTravel)) - (postedElsewhere && pressure < Emergency / 2 ? policy.AwayFromPost : 0);

    // Beyond these, more of the same says nothing; and the rule stays bounded.
    private const int MostOthers = 12;
    private const double MostTravel = 24 * 60;
}
