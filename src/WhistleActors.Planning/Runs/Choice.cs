using WhistleActors.Domain.Allocations;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Planning.Runs;

/// <summary>
/// The rule of <see cref="AllocationRules"/> for the two cases that a run meets: one crew and many summonses, one summons and many crews. There the best
/// assignment is the pair that is worth most, and no solver is needed.
/// </summary>
internal static class Choice
{
    /// <summary>What sending one crew to one summons is worth, in minutes of urgency.</summary>
    /// <param name="crewsNear">Crews that the department has out in the same subdistrict.</param>
    /// <param name="travel">Ticks, as expected.</param>
    internal static double Worth(AllocationPolicy policy, in Waiting summons, in Open whistle, int crewsNear, double travel, bool postedElsewhere, long now)
    {
        var pressure = Pressure.Of(
            policy, (WhistleLevel)summons.Level, Minutes(now - summons.Blown), Minutes(summons.Due - now), whistle.Sent, whistle.Unsent - 1, crewsNear);
        return Pressure.For(policy, pressure, Minutes(travel), postedElsewhere);
    }

    private static double Minutes(double ticks) => ticks / TimeSpan.TicksPerMinute;
}
