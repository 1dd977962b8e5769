using System.Text;
using System.Text.Json;
using Shouldly;
using WhistleActors.Server.Tests.Harness;
using WhistleActors.Testing;

namespace WhistleActors.Server.Tests.Reports;

/// <summary>The CSV export of a hotline, row by row.</summary>
public sealed class ReportImportTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    private const string Heading =
        "工单编号,工单类型,问题分类,标签,标题,主要内容,工单状态,来电人,来电人电话,被反映区,被反映街乡镇,办理结果,回复内容,处理受理方式,办结时间,企业名称,是否解决,是否满意,工单性质,村/社区,小区点位";

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;
    private static int last;

    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 with a mark")]
    [InlineData("gbk")]
    public async Task An_export_is_read_in_any_of_its_encodings(string encoding)
    {
        var number = Number();
        var csv = $"{Heading}\r\n{Row(number, "钟楼社区")}\r\n";
        var bytes = encoding switch
        {
            "gbk" => Gbk.GetBytes(csv),
            "utf-8" => Encoding.UTF8.GetBytes(csv),
            _ => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv)],
        };

        var row = Rows(await ImportAsync(bytes)).ShouldHaveSingleItem();

        row.GetProperty("outcome").GetString().ShouldBe("accepted", row.GetRawText());
        var report = (await (await Server.StreetAsync()).GetAsync($"reports/{row.GetProperty("report").GetString()}")).ShouldSucceed().Json;
        report.GetProperty("number").GetString().ShouldBe(number);
        report.GetProperty("title").GetString().ShouldBe("井盖冒水");
        report.GetProperty("matter").GetString().ShouldBe("burst-main");
        report.GetProperty("subdistrict").GetString().ShouldBe(ExampleCity.OldTown.Text);
        report.GetProperty("address").GetString().ShouldBe("主街 1 号");
        report.GetProperty("caller").GetProperty("name").GetString().ShouldBe("赵六");
    }

    [Fact]
    public async Task Each_row_is_answered_with_its_line_and_a_wrong_one_does_not_hold_up_the_others()
    {
        var (good, twice) = (Number(), Number());
        var csv = string.Join("\r\n",
            Heading,
            Row(good, "钟楼社区"),
            Row("", "钟楼社区"),
            Row(twice, "钟楼社区").Replace("主街井盖处持续冒水", "\"第一行\n第二行，有\"\"引号\"\"\"", StringComparison.Ordinal),
            Row(twice, "钟楼社区"),
            Row(Number(), "钟楼社区").Replace("13800138000", "不详", StringComparison.Ordinal),
            $"{Number()},只有编号");

        var answer = await ImportAsync(Encoding.UTF8.GetBytes(csv));

        Rows(answer).Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("outcome").GetString())).ShouldBe(
            [(2, "accepted"), (3, "refused"), (4, "accepted"), (6, "duplicate"), (7, "refused"), (8, "refused")]);
        Rows(answer)[1].GetProperty("reason").GetProperty("zh").GetString()!.ShouldStartWith("工单编号：");
        Rows(answer)[4].GetProperty("reason").GetProperty("en").GetString()!.ShouldContain("phone number");
        (answer.Json.GetProperty("accepted").GetInt32(), answer.Json.GetProperty("duplicate").GetInt32(), answer.Json.GetProperty("refused").GetInt32()).ShouldBe((2, 1, 3));

        var again = await ImportAsync(Encoding.UTF8.GetBytes(csv));
        Rows(again).Select(row => row.GetProperty("outcome").GetString()).ShouldBe(["duplicate", "refused", "duplicate", "duplicate", "refused", "refused"]);
        Rows(again)[0].GetProperty("report").GetString().ShouldBe(Rows(answer)[0].GetProperty("report").GetString());
    }

    [Theory]
    [InlineData("西区", "古城街道", "990101001-")]
    [InlineData("西区", "不存在的街道", "990101-")]
    [InlineData("不存在的区", "不存在的街道", "city-")]
    [InlineData("", "", "city-")]
    public async Task Rows_go_to_the_desk_that_their_names_lead_to(string district, string subdistrict, string desk)
    {
        var csv = $"{Heading}\n{Row(Number(), "不存在的社区").Replace("西区", district, StringComparison.Ordinal).Replace("古城街道", subdistrict, StringComparison.Ordinal)}\n";

        Rows(await ImportAsync(Encoding.UTF8.GetBytes(csv))).ShouldHaveSingleItem().GetProperty("report").GetString()!.ShouldStartWith(desk);
    }

    [Fact]
    public async Task A_position_counts_where_a_city_adds_it()
    {
        var csv = $"工单编号,标题,经度,纬度,坐标系\n{Number()},井盖,120.005,30.005,wgs84\n{Number()},井盖,120.005,x,wgs84\n{Number()},井盖,120.005,30.005,\n";

        var rows = Rows(await ImportAsync(Encoding.UTF8.GetBytes(csv)));

        rows.Select(row => row.GetProperty("outcome").GetString()).ShouldBe(["accepted", "refused", "refused"]);
        (await (await Server.StreetAsync()).GetAsync($"reports/{rows[0].GetProperty("report").GetString()}")).Json.GetProperty("grid").GetString().ShouldBe(ExampleCity.Belfry.Text);
    }

    [Theory]
    [InlineData("", "unknown-columns")]
    [InlineData("a,b\n1,2\n", "unknown-columns")]
    [InlineData("工单编号\n1\n", "unknown-columns")]
    [InlineData("工单编号,标题\n1,a\"b\"c\n", "malformed-csv")]
    public async Task A_file_that_is_no_export_is_refused_as_a_whole(string csv, string code) =>
        (await SendAsync(Encoding.UTF8.GetBytes(csv))).ShouldBeRefused(400, code);

    [Fact]
    public async Task A_file_in_no_known_encoding_is_refused() =>
        (await SendAsync([0x81, 0x20, 0xFF, 0xFF])).ShouldBeRefused(400, "unknown-encoding");

    [Fact]
    public async Task A_file_with_too_many_rows_is_refused_before_any_is_taken()
    {
        var csv = new StringBuilder("工单编号,标题\n");
        for (var i = 0; i <= 5_000; i++)
            csv.Append("many-").Append(i).Append(",x\n");

        (await SendAsync(Encoding.UTF8.GetBytes(csv.ToString()))).ShouldBeRefused(400, "too-many-rows");
        Rows(await ImportAsync("工单编号,标题\nmany-0,x\n"u8.ToArray())).Single().GetProperty("outcome").GetString().ShouldBe("accepted");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused() =>
        (await SendAsync(new byte[(8 * 1024 * 1024) + 1])).ShouldBeRefused(413, "file-too-large");

    [Fact]
    public async Task Who_only_looks_on_imports_nothing()
    {
        var wall = await Server.AsAsync("wall", "city", "observer");

        var answer = await wall.SendAsync(HttpMethod.Post, "reports/import", Files.Content(Encoding.UTF8.GetBytes($"{Heading}\n{Row(Number(), "")}\n"), "text/csv"));

        Rows(answer.ShouldSucceed()).Single().GetProperty("outcome").GetString().ShouldBe("refused");
    }

    private static string Number() => $"2026031{Interlocked.Increment(ref last)}";

    private static string Row(string number, string community) =>
        $"{number},投诉,突发事件/供水/自来水管破裂,七有五性,井盖冒水,主街井盖处持续冒水,办理中,赵六,13800138000,西区,古城街道,,,,,,,,主办,{community},主街 1 号";

    private async Task<Answer> ImportAsync(byte[] file) => (await SendAsync(file)).ShouldSucceed();

    private async Task<Answer> SendAsync(byte[] file) =>
        await (await Server.AsAsync("hotline", "990101", "commander")).SendAsync(HttpMethod.Post, "reports/import", Files.Content(file, "text/csv"));

    private static List<JsonElement> Rows(Answer answer) => [.. answer.Json.GetProperty("rows").EnumerateArray()];
}
