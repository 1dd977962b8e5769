using WhistleActors.CityPacks.Reading;

namespace WhistleActors.CityPacks.Tests;

public sealed class CsvTextTests
{
    private static List<(int Line, string? Row)> Rows(string text) =>
        [.. new CsvText(text).Rows().Select(row => (row.Line, row.Cells is null ? null : string.Join('|', row.Cells)))];

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("a,b\r\n1,2")]
    [InlineData("# remark\n\na,b\n#\n\"1\",2\n")]
    public void Line_ends_remarks_and_quotes_make_no_difference_to_the_cells(string text) =>
        Rows(text).Select(row => row.Row).ShouldBe(["a|b", "1|2"]);

    [Fact]
    public void A_quoted_cell_may_hold_commas_quotes_and_lines() =>
        Rows("a,\"b, \"\"c\"\"\nd\"\ne,f").ShouldBe([(1, "a|b, \"c\"\nd"), (3, "e|f")]);

    [Fact]
    public void Empty_cells_are_cells() => Rows(",,\n\"\",x,\n").ShouldBe([(1, "||"), (2, "|x|")]);

    [Fact]
    public void An_open_quote_spoils_its_row_and_no_other() => Rows("a,b\n\"1,2\n3,4\n").ShouldBe([(1, "a|b"), (2, null), (3, "3|4")]);

    [Theory]
    [InlineData("a\"b,c\n1,2")]
    [InlineData("\"a\"b,c\n1,2")]
    public void A_quote_inside_a_cell_spoils_its_row(string text) => Rows(text).ShouldBe([(1, null), (2, "1|2")]);

    [Fact]
    public void Nothing_has_no_rows() => Rows("").ShouldBeEmpty();
}
