using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using WhistleActors.Actors.Reports;
using WhistleActors.Contract.Reports;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Reports;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Problems;
using WhistleActors.Server.Whistles;
using ReportSource = WhistleActors.Domain.Reports.ReportSource;
using Text = WhistleActors.Contract.Text;

namespace WhistleActors.Server.Reports;

/// <summary>
/// Takes in the export of a hotline (columns of DOMAIN 8.3), row by row: a row that is wrong is refused with its line and the reason, and does not
/// hold up the others. The same file again changes nothing.
/// </summary>
internal sealed class ReportImport(Actors.City city, CityPack pack, ReportPlacing placing)
{
    /// <summary>The largest file.</summary>
    internal const int MostBytes = 8 * 1024 * 1024;

    private const int MostRows = 5_000;
    private const int AtOnce = 16;

    private const string Number = "工单编号";
    private const string Title = "标题";
    private const string Content = "主要内容";
    private const string Category = "问题分类";
    private const string CallerName = "来电人";
    private const string CallerPhone = "来电人电话";
    private const string District = "被反映区";
    private const string Subdistrict = "被反映街乡镇";
    private const string Community = "村/社区";
    private const string Spot = "小区点位";

    // Not of the hotline's export; understood where a city adds them.
    private const string Lon = "经度";
    private const string Lat = "纬度";
    private const string Datum = "坐标系";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    internal async Task<ImportView> RunAsync(byte[] file, ReportSource source, Officer by, CancellationToken cancelled)
    {
        var rows = Read(Decode(file));
        var answers = new ImportRowView[rows.Count];

        // What comes twice in one file goes to its desk in the order of the file: the first of the two is the one that counts.
        await Parallel.ForEachAsync(
            rows.Select((row, i) => (row, i)).GroupBy(entry => entry.row.Cells.GetValueOrDefault(Number, "")),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancelled },
            async (group, stop) =>
            {
                foreach (var (row, i) in group)
                    answers[i] = await TakeAsync(row, source, by, stop);
            });
        return new ImportView(Count(ImportOutcome.Accepted), Count(ImportOutcome.Duplicate), Count(ImportOutcome.Refused), answers);

        int Count(ImportOutcome outcome) => answers.Count(answer => answer.Outcome == outcome);
    }

    private async Task<ImportRowView> TakeAsync(Row row, ReportSource source, Officer by, CancellationToken cancelled)
    {
        var number = row.Cells.GetValueOrDefault(Number);
        ReportContent content;
        DeskCode desk;
        try
        {
            (desk, content) = Parse(row, source);
        }
        catch (ProblemException wrong)
        {
            var error = wrong.Problem.Errors![0];
            return Refused(new Text($"{error.Pointer}：{error.DetailZh}", $"{error.Pointer}: {error.Detail}"));
        }

        return await city.GiveReportOrderAsync(desk, new ReportOrder(new ReceiveReport(content), by), cancelled) switch
        {
            ReportAccepted accepted => new ImportRowView(
                row.Line, number, accepted.Changed ? ImportOutcome.Accepted : ImportOutcome.Duplicate, accepted.Id.Text, null),
            ReportRefused { Refusal: var refusal } => Refused(new Text(refusal.Detail.Zh, refusal.Detail.En)),
            _ => Refused(new Text("未能存储，请重新导入。", "It could not be stored; import the file again.")),
        };

        ImportRowView Refused(Text reason) => new(row.Line, number, ImportOutcome.Refused, null, reason);
    }

    private (DeskCode Desk, ReportContent Content) Parse(Row row, ReportSource source)
    {
        var form = new Form();
        var number = form.Text(Number, Cell(Number), 64);
        var text = form.Text(Content, Cell(Content) ?? Cell(Title));
        var title = form.Text(Title, Cell(Title) ?? Start(text), Form.ShortText);
        var caller = (Name: form.OptionalText(CallerName, Cell(CallerName), Form.ShortText), Phone: DossierEndpoints.ReadPhone(CallerPhone, Cell(CallerPhone), form));
        var address = form.OptionalText(Spot, Cell(Spot), 200);
        var position = Cell(Lon) is null && Cell(Lat) is null ? (Domain.Geography.Position?)null : form.Position("", Degrees(Lon), Degrees(Lat), Cell(Datum));
        form.Check();

        var (grid, subdistrict, district) = placing.ByNames(Cell(District), Cell(Subdistrict), Cell(Community));
        var place = position?.ToWgs84();
        var (desk, found) = placing.Find(place, place is null ? grid : null, subdistrict, district);
        return (desk, new ReportContent(
            source, number, title, text, null, MatterOf(Cell(Category)), found, place, address,
            caller.Name is null && caller.Phone is null ? null : new Caller(caller.Name, caller.Phone)));

        string? Cell(string column) => row.Cells.GetValueOrDefault(column);

        double? Degrees(string column) => double.TryParse(Cell(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
    }

    // The hotline's own classes are three deep, such as 市容环卫/道路/破损: the last one that a matter is called by counts.
    private Domain.Matters.MatterCode? MatterOf(string? category) => category?
        .Split(['/', '-', '—', '>', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Reverse()
        .Select(name => pack.Matters.Values.FirstOrDefault(matter => matter.Name.Zh == name)?.Code)
        .FirstOrDefault(code => code is not null);

    private static string Start(string text) => text.Length <= Form.ShortText ? text : text[..(Form.ShortText - 1)].TrimEnd('\uD800', '\uDBFF') + "…";

    // Exports come as UTF-8, with a mark or without, or as what Windows calls GBK; GB 18030 contains that. What is valid UTF-8 is hardly ever GBK.
    private static string Decode(byte[] file)
    {
        var content = file.AsSpan();
        if (content.StartsWith(Encoding.UTF8.Preamble))
            content = content[Encoding.UTF8.Preamble.Length..];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException)
        {
            // Not UTF-8.
        }

        try
        {
            return Gb18030.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            throw Bad("unknown-encoding", "The file is neither UTF-8 nor GBK.", "文件既不是 UTF-8 也不是 GBK 编码。", "Save it as CSV in UTF-8.", "请另存为 UTF-8 编码的 CSV。");
        }
    }

    private static List<Row> Read(string text)
    {
        using var csv = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = bad => throw Bad(
                "malformed-csv", $"Quotes do not pair at line {bad.Context.Parser?.RawRow}.", $"第 {bad.Context.Parser?.RawRow} 行引号不配对。",
                "Double a quote inside a quoted cell.", "引号内的引号须写两个。"),
            MaxFieldSize = 20_000,
        });
        try
        {
            if (!csv.Read())
                throw Headless();
            var heads = csv.Record!.Select(head => head.Trim()).ToImmutableArray();
            if (!heads.Contains(Number) || !(heads.Contains(Title) || heads.Contains(Content)))
                throw Headless();
            var rows = new List<Row>();
            var line = csv.RawRow + 1;
            while (csv.Read())
            {
                if (rows.Count == MostRows)
                    throw Bad("too-many-rows", $"The file has more than {MostRows} rows.", $"文件超过 {MostRows} 行。", "Split it.", "请拆分后导入。");
                var cells = new Dictionary<string, string>();
                for (var i = 0; i < Math.Min(heads.Length, csv.Count); i++)
                {
                    if (csv[i].Trim() is { Length: > 0 } cell)
                        cells.TryAdd(heads[i], cell);
                }

                rows.Add(new Row(line, cells));
                line = csv.RawRow + 1;
            }

            return rows;
        }
        catch (MaxFieldSizeException)
        {
            throw Bad("malformed-csv", $"A cell at line {csv.RawRow} is too long.", $"第 {csv.RawRow} 行有单元格过长。", "Check the quotes.", "请检查引号。");
        }
    }

    private static ProblemException Headless() => Bad(
        "unknown-columns", $"The heading needs the columns {Number} and {Title} or {Content}.", $"表头须有“{Number}”以及“{Title}”或“{Content}”。",
        "Send the export of the hotline as it is.", "请直接使用热线系统的导出文件。");

    private static ProblemException Bad(string code, string en, string zh, string remedyEn, string remedyZh) =>
        new(Problems.Problems.Of(400, code, en, zh, remedyEn, remedyZh));

    private sealed record Row(int Line, Dictionary<string, string> Cells);
}
