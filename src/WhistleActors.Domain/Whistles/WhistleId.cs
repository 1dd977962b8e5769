using System.Globalization;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Territory;

namespace WhistleActors.Domain.Whistles;

/// <summary>
/// Names a whistle: its grid's code, a dash, and the number that its first event has in the grid's journal. So any node can route it,
/// ids never repeat, and its trace is found without reading what the grid went through before.
/// </summary>
public readonly record struct WhistleId : ICode<WhistleId>
{
    public WhistleId(GridCode grid, long number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        (Grid, Number) = (grid, number);
    }

    /// <summary>The grid that it was blown in.</summary>
    public GridCode Grid { get; }

    /// <summary>The sequence number of its first event in the grid's journal.</summary>
    public long Number { get; }

    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Grid.Text}-{Number}");

    /// <inheritdoc/>
    public static bool TryParse(string? text, out WhistleId code)
    {
        code = default;
        if (text?.LastIndexOf('-') is not { } dash
            || dash < 0
            || text.AsSpan(dash + 1).StartsWith("0")
            || !GridCode.TryParse(text[..dash], out var grid)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1)
            return false;
        code = new WhistleId(grid, number);
        return true;
    }

    /// <inheritdoc/>
    public static WhistleId Parse(string? text) => CodeText.Parse<WhistleId>(text);

    public override string ToString() => Text;
}
