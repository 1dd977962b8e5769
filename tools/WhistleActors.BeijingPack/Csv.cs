using System.Globalization;
using CsvHelper;

namespace WhistleActors.BeijingPack;

/// <summary>CSV files with a header, as rows of named cells.</summary>
internal static class Csv
{
    internal static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    internal static List<Dictionary<string, string>> Read(string file)
    {
        using var reader = new CsvReader(new StreamReader(file), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        var header = reader.HeaderRecord!;
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read())
            rows.Add(header.ToDictionary(name => name, name => reader.GetField(name) ?? ""));
        return rows;
    }

    internal static void Write(string file, string[] header, IEnumerable<string[]> rows)
    {
        using var writer = new CsvWriter(new StreamWriter(file) { NewLine = "\n" }, new CsvHelper.Configuration.CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (var row in rows.Prepend(header))
        {
            foreach (var cell in row)
                writer.WriteField(cell);
            writer.NextRecord();
        }
    }
}
