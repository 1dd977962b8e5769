using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Matters;

namespace WhistleActors.Domain.Whistles.Rules;

/// <summary>Whether a whistle is one more for the same thing at the same place.</summary>
internal static class RepeatRules
{
    // Where either whistle names no exact spot, the grid itself is the place.
    internal static Repeat? Find(GridState state, MatterCode matter, LonLat? place, GridContext context)
    {
        var rule = context.Pack.Blowing.Repeat;
        var horizon = context.Now - TimeSpan.FromDays(rule.Days);
        var before = (state.Past ?? []).Where(past => past.Matter == matter && past.BlownAt >= horizon && IsNear(past.Place, place)).ToList();
        return before.Count == 0 ? null : new Repeat(before.Count, before[^1].Whistle);

        bool IsNear(LonLat? one, LonLat? other) => one is not { } a || other is not { } b || a.MetresTo(b) <= rule.Metres;
    }
}
