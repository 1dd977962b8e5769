using System.Text;

namespace WhistleActors.CityPacks.Reading;

/// <summary>A CSV file with a header; lines that begin with # are remarks.</summary>
internal sealed class CsvTable
{
    private CsvTable(List<CsvRow>? rows) => (Rows, IsReadable) = (rows ?? [], rows is not null);

    /// <summary>The rows that are well formed.</summary>
    internal List<CsvRow> Rows { get; }

    /// <summary>False when the file is not there or not a table at all: then what other files refer to cannot be told to be missing.</summary>
    internal bool IsReadable { get; }

    /// <summary>
    /// Reads a file; notes a fault for each row that is not well formed, for each absent and for each unknown column. A column named with a
    /// question mark behind it may be absent.
    /// </summary>
    internal static CsvTable Read(PackText? text, FaultList faults, params string[] columns) => new(Parse(text, faults, columns));

    private static List<CsvRow>? Parse(PackText? text, FaultList faults, string[] columns)
    {
        if (text is null)
            return null;
        Dictionary<string, int>? index = null;
        var (width, rows) = (0, new List<CsvRow>());
        foreach (var (line, cells) in new CsvText(Encoding.UTF8.GetString(text.Utf8.Span)).Rows())
        {
            if (index is null)
            {
                index = Header(text.File, line, cells ?? [], columns, faults);
                if (index is null)
                    return null;
                width = cells!.Length;
            }
            else if (cells is null || cells.Length != width)
            {
                faults.Add(text.File, line, CityPackFaultCode.MalformedCsv,
                    $"该行应有 {width} 个单元格且引号成对。",
                    $"The row must have {width} cells and paired quotes.");
            }
            else
            {
                rows.Add(new CsvRow(text.File, line, index, cells, faults));
            }
        }

        if (index is not null)
            return rows;
        faults.Add(text.File, 1, CityPackFaultCode.MissingColumn, "文件没有表头。", "The file has no header.");
        return null;
    }

    private static Dictionary<string, int>? Header(string file, int line, string[] header, string[] columns, FaultList faults)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
        {
            var name = header[i].Trim();
            if (!(columns.Contains(name) || columns.Contains(name + "?")) || !index.TryAdd(name, i))
                faults.Add(file, line, CityPackFaultCode.UnknownColumn,
                    $"第 {i + 1} 列的名称未知或重复。",
                    $"The column {i + 1} has an unknown name, or one that is there twice.");
        }

        var absent = columns.Where(column => !column.EndsWith('?') && !index.ContainsKey(column)).ToList();
        foreach (var column in absent)
            faults.Add(file, line, CityPackFaultCode.MissingColumn, $"缺少列“{column}”。", $"The column '{column}' is missing.");
        return absent.Count == 0 ? index : null;
    }
}
