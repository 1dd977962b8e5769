using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace WhistleActors.CityPacks.Reading;

/// <summary>The rows of a CSV file (RFC 4180, comma, header; lines that begin with # are remarks).</summary>
internal sealed class CsvTable
{
    private CsvTable(List<CsvRow>? rows) => (Rows, IsReadable) = (rows ?? [], rows is not null);

    /// <summary>The rows that are well formed.</summary>
    internal List<CsvRow> Rows { get; }

    /// <summary>False when the file is not there or not a table at all: then what other files refer to cannot be told to be missing.</summary>
    internal bool IsReadable { get; }

    /// <summary>Reads the rows that are well formed; notes a fault for each other one, for each absent and for each unknown column.</summary>
    internal static CsvTable Read(PackText? text, FaultList faults, params string[] columns) => new(Parse(text, faults, columns));

    private static List<CsvRow>? Parse(PackText? text, FaultList faults, string[] columns)
    {
        if (text is null)
            return null;
        var badLines = new HashSet<int>();
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            AllowComments = true,
            CountBytes = false,
            BadDataFound = bad => badLines.Add(bad.Context.Parser?.RawRow ?? 0),
        };
        using var parser = new CsvParser(new StringReader(Encoding.UTF8.GetString(text.Utf8.Span)), configuration);
        if (!parser.Read())
        {
            faults.Add(text.File, 1, CityPackFaultCode.MissingColumn, "文件没有表头。", "The file has no header.");
            return null;
        }

        var header = parser.Record!.Select(name => name.Trim()).ToArray();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
        {
            if (!columns.Contains(header[i]) || !index.TryAdd(header[i], i))
                faults.Add(text.File, 1, CityPackFaultCode.UnknownColumn, $"未知或重复的列“{header[i]}”。", $"The column '{header[i]}' is unknown or there twice.");
        }

        var absent = columns.Where(column => !index.ContainsKey(column)).ToList();
        foreach (var column in absent)
            faults.Add(text.File, 1, CityPackFaultCode.MissingColumn, $"缺少列“{column}”。", $"The column '{column}' is missing.");
        if (absent.Count > 0)
            return null;

        var rows = new List<CsvRow>();
        for (var line = parser.RawRow + 1; parser.Read(); line = parser.RawRow + 1)
        {
            // Remarks and blank lines before a row count in the row's span; its own lines are the last ones.
            var height = parser.RawRecord.TrimEnd('\r', '\n').Count(c => c == '\n');
            line = Math.Max(line, parser.RawRow - height);
            if (parser.Count != header.Length || badLines.Contains(parser.RawRow))
                faults.Add(text.File, line, CityPackFaultCode.MalformedCsv, $"该行应有 {header.Length} 个单元格且引号成对。", $"The row must have {header.Length} cells and paired quotes.");
            else
                rows.Add(new CsvRow(text.File, line, index, parser.Record!, faults));
        }

        return rows;
    }
}
