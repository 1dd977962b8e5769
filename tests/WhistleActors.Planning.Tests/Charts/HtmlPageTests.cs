using System.Xml.Linq;
using Shouldly;
using WhistleActors.Domain;
using WhistleActors.Planning.Charts;
using Xunit;

namespace WhistleActors.Planning.Tests.Charts;

public sealed class HtmlPageTests
{
    private static readonly LocalizedText Hostile = new("<script>坏</script>", "<script>bad</script> & \"more\" than fits in the width that a name has");
    private static readonly Axes Percent = new(new LocalizedText("%", "%"), 100);

    [Fact]
    public void Charts_are_well_formed_whatever_names_and_numbers_they_hold()
    {
        string[] charts =
        [
            SvgChart.Bars(Hostile, Percent, [new Bar(Hostile, 40, 30, 50), new Bar(Hostile, 0), new Bar(Hostile, 1e9)]),
            SvgChart.Bars(Hostile, Percent, []),
            SvgChart.Lines(Hostile, Percent, [new Series(Hostile, [(0, 1), (1, double.NaN), (2, 3)])]),
            SvgChart.Lines(Hostile, new Axes(Hostile), [new Series(Hostile, [(0, 0)])]),
            SvgChart.Lines(Hostile, Percent, []),
        ];
        foreach (var chart in charts)
        {
            XElement.Parse(chart).Name.LocalName.ShouldBe("figure");
            chart.ShouldNotContain("<script>");
            chart.ShouldNotContain("NaN");
        }
    }

    [Fact]
    public void A_line_is_broken_where_a_value_is_missing() =>
        SvgChart.Lines(Hostile, Percent, [new Series(Hostile, [(0, 1), (1, 2), (2, double.NaN), (3, 3), (4, 3)])]).Split(" d=\"")[1].Count(c => c == 'M').ShouldBe(2);

    [Fact]
    public void A_page_holds_both_languages_and_begins_with_the_one_asked_for()
    {
        var page = new HtmlPage(new LocalizedText("推演", "A plan")).Heading(Hostile).Note(Hostile, warns: true).Table([new("部门", "Department")], [[new LocalizedText("a", "a")]]);
        page.ToHtml(chinese: true).ShouldContain("<html lang=\"zh\">");
        page.ToHtml(chinese: false).ShouldContain("<html lang=\"en\">");
        page.ToHtml(chinese: false).ShouldContain("<span lang=\"zh\">部门</span><span lang=\"en\">Department</span>");
        page.ToHtml(chinese: true).ShouldNotContain("<script>");
    }
}
