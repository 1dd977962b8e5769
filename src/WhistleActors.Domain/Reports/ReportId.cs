using System.Globalization;
using WhistleActors.Domain.Codes;

namespace WhistleActors.Domain.Reports;

/// <summary>Names a report: its desk's code, a dash, and the number that its first event has in the desk's journal. So any node finds it without a look-up.</summary>
public readonly record struct ReportId : ICode<ReportId>
{
    public ReportId(DeskCode desk, long number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        (Desk, Number) = (desk, number);
    }

    /// <summary>The desk that received it; it stays there.</summary>
    public DeskCode Desk { get; }

    /// <summary>The sequence number of its first event in the desk's journal.</summary>
    public long Number { get; }

    /// <inheritdoc/>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Desk.Text}-{Number}");

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ReportId code)
    {
        code = default;
        if (text?.LastIndexOf('-') is not { } dash
            || dash < 0
            || text.AsSpan(dash + 1).StartsWith("0")
            || !DeskCode.TryParse(text[..dash], out var desk)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1)
            return false;
        code = new ReportId(desk, number);
        return true;
    }

    /// <inheritdoc/>
    public static ReportId Parse(string? text) => CodeText.Parse<ReportId>(text);

    public override string ToString() => Text;
}
