using System.Text;

namespace WhistleActors.CityPacks.Reading;

/// <summary>
/// Cuts CSV (RFC 4180) into rows that know their first line. Written here because a fault must name its line exactly and one open quote must
/// not hide the faults of all rows after it; the libraries at hand are lenient about the first and not about the second.
/// </summary>
internal sealed class CsvText(string text)
{
    private int at;
    private int line = 1;

    /// <summary>The rows in order, without remarks and empty lines; the cells are null where quotes do not pair or stand inside a cell.</summary>
    internal IEnumerable<(int Line, string[]? Cells)> Rows()
    {
        while (at < text.Length)
        {
            if (text[at] is '#' or '\n' || text.AsSpan(at).StartsWith("\r\n"))
                SkipLine();
            else
                yield return (line, Row());
        }
    }

    private string[]? Row()
    {
        var (start, firstLine) = (at, line);
        var cells = new List<string>();
        while (true)
        {
            if (Cell() is not { } cell)
            {
                // What follows the first line of a broken row is read as rows again, so that their faults are found too.
                (at, line) = (start, firstLine);
                SkipLine();
                return null;
            }

            cells.Add(cell);
            if (at < text.Length && text[at] == ',')
                at++;
            else
                break;
        }

        SkipLine();
        return [.. cells];
    }

    private string? Cell() => at < text.Length && text[at] == '"' ? QuotedCell() : PlainCell();

    private string? PlainCell()
    {
        var length = text.AsSpan(at).IndexOfAny(',', '\n', '"');
        var end = length < 0 ? text.Length : at + length;
        if (end < text.Length && text[end] == '"')
            return null;
        var cell = text[at..end];
        at = end;
        return end < text.Length && text[end] == ',' ? cell : cell.TrimEnd('\r');
    }

    private string? QuotedCell()
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\n')
                line++;
            if (text[at] != '"')
                cell.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '"')
                cell.Append(text[at++]);
            else
                return ClosesHere(++at) ? cell.ToString() : null;
        }

        return null;
    }

    private bool ClosesHere(int after) => after == text.Length || text[after] is ',' or '\n' || text.AsSpan(after).StartsWith("\r\n");

    private void SkipLine()
    {
        var length = text.AsSpan(at).IndexOf('\n');
        at = length < 0 ? text.Length : at + length + 1;
        line++;
    }
}
