using System.Collections.Immutable;

namespace WhistleActors.Domain.Deadlines;

/// <summary>When the departments and the initiator are told that a clock comes near its end.</summary>
/// <param name="Percents">At which parts of the time, in rising order, each between 1 and 99; the end itself (100 %) is always told.</param>
/// <param name="LongerThan">
/// Only clocks that run longer than this, by the clock on the wall, give notice. Each notice is a stored event: in a storm hundreds of
/// emergency whistles would otherwise write, within minutes, as many notices as everything else they write together, and who has half an hour
/// is called by the alerts, again and again, without that.
/// </param>
public sealed record NoticeRule(ImmutableArray<int> Percents, TimeSpan LongerThan)
{
    /// <summary>50 %, and 80 % as the yellow light before the red one (DOMAIN 8.6, 6), for what runs longer than two hours.</summary>
    public static NoticeRule Default { get; } = new([50, 80], TimeSpan.FromMinutes(120));
}
