using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Actors.Boards;

/// <summary>How many whistles are open, by district and level; kept up change by change. An exercise counts nowhere. Used by one caller at a time.</summary>
internal sealed class OpenTally
{
    private readonly Dictionary<(DistrictCode District, WhistleLevel Level), int> counts = [];

    internal IReadOnlyList<OpenCount> All => [.. counts.Select(entry => new OpenCount(entry.Key.District, entry.Key.Level, entry.Value))];

    /// <summary>Takes in a whistle in the place of what was known of it.</summary>
    internal void Replace(Whistle? before, Whistle now)
    {
        Add(before, -1);
        Add(now, 1);
    }

    private void Add(Whistle? whistle, int count)
    {
        if (whistle is { Stage: WhistleStage.Open, IsExercise: false })
            counts[(whistle.District, whistle.Level)] = counts.GetValueOrDefault((whistle.District, whistle.Level)) + count;
    }
}

/// <summary>How many whistles of a level are open in a district.</summary>
public readonly record struct OpenCount(DistrictCode District, WhistleLevel Level, int Open);
