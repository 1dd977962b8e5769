using Shouldly;
using WhistleActors.Planning.Files;
using Xunit;

namespace WhistleActors.Planning.Tests.Files;

public sealed class YamlCursorTests
{
    private readonly FaultList faults = new();

    [Fact]
    public void Values_come_out_as_they_were_written()
    {
        var cursor = Read("name: 晨峰\nrate: 12.5\nfor: 1.5 h\nat: \"24:00\"\nlist: [a, b]\nmany:\n  - x: 1\n  - x: 2\n");
        cursor.Text("name").ShouldBe("晨峰");
        cursor.Number("rate", 0, 100).ShouldBe(12.5);
        cursor.Duration("for", TimeSpan.Zero, TimeSpan.FromDays(1)).ShouldBe(TimeSpan.FromMinutes(90));
        cursor.TimeOfDay("at").ShouldBe(1440);
        cursor.Texts("list").ShouldBe([("a", 5), ("b", 5)]);
        cursor.Objects("many").Select(item => item.Whole("x", 0, 9)).ShouldBe([1, 2]);
        faults.Any.ShouldBeFalse();
    }

    [Fact]
    public void JSON_is_read_too() => Read("{\"rate\": 3}").Number("rate", 0, 9).ShouldBe(3);

    [Theory]
    [InlineData("rate: -1", 1, FileFaultCode.BadNumber, "'rate' must be a number between 0 and 1,000; it is -1.")]
    [InlineData("\n\nrate: NaN", 3, FileFaultCode.BadNumber, "'rate' must be a number between 0 and 1,000; it is NaN.")]
    [InlineData("rate: 1e9", 1, FileFaultCode.BadNumber, "'rate' must be a number between 0 and 1,000; it is 1e9.")]
    [InlineData("other: 1\nrate:", 2, FileFaultCode.MissingValue, "'rate' is missing.")]
    [InlineData("other: 1", 1, FileFaultCode.MissingValue, "'rate' is missing.")]
    [InlineData("rate:\n  - 1", 2, FileFaultCode.WrongShape, "'rate' must be one value.")]
    public void A_number_that_is_none_names_its_line(string text, int line, string code, string message)
    {
        Read(text).Number("rate", 0, 1000).ShouldBeNull();
        var fault = faults.InOrder().ShouldHaveSingleItem();
        (fault.Line, fault.Code, fault.Text.En).ShouldBe((line, code, message));
        fault.Text.Zh.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("for: -5 min")]
    [InlineData("for: 3 weeks")]
    [InlineData("for: 90")]
    [InlineData("for: 2 d")]
    public void A_length_of_time_that_is_none_or_out_of_range_is_refused(string text)
    {
        Read(text).Duration("for", TimeSpan.Zero, TimeSpan.FromDays(1)).ShouldBeNull();
        faults.InOrder().ShouldHaveSingleItem().Text.En.ShouldContain("between 0 s and 1 d");
    }

    [Fact]
    public void A_misspelt_key_is_not_passed_over()
    {
        Read("rate: 1\nrata: 2").Allow("rate");
        var fault = faults.InOrder().ShouldHaveSingleItem();
        (fault.Line, fault.Code).ShouldBe((2, FileFaultCode.UnknownKey));
    }

    [Theory]
    [InlineData("", 1, FileFaultCode.MissingValue)]
    [InlineData("# nothing\n", 1, FileFaultCode.MissingValue)]
    [InlineData("- a\n- b", 1, FileFaultCode.WrongShape)]
    [InlineData("a: 1\nb: [", 2, FileFaultCode.MalformedYaml)]
    [InlineData("a: 1\na: 2", 2, FileFaultCode.MalformedYaml)]
    [InlineData("a: 1\n---\nb: 2", 3, FileFaultCode.MalformedYaml)]
    [InlineData("a: &x [1]\nb: *x", 2, FileFaultCode.MalformedYaml)]
    [InlineData("\u0000\u0001", 1, FileFaultCode.WrongShape)]
    public void What_is_no_mapping_is_refused_with_its_line(string text, int line, string code)
    {
        YamlCursor.Read("plan.yaml", text, faults).ShouldBeNull();
        var fault = faults.InOrder().ShouldHaveSingleItem();
        (fault.File, fault.Line, fault.Code).ShouldBe(("plan.yaml", line, code));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Bottomless_nesting_is_refused(char bracket)
    {
        YamlCursor.Read("plan.yaml", "a: " + new string(bracket, 100_000), faults).ShouldBeNull();
        faults.InOrder().ShouldHaveSingleItem().Code.ShouldBe(FileFaultCode.MalformedYaml);
    }

    private YamlCursor Read(string text) => YamlCursor.Read("plan.yaml", text, faults).ShouldNotBeNull();
}
