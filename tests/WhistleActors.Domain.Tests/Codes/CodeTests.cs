using CsCheck;
using Shouldly;
using WhistleActors.Domain.Codes;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Matters;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Codes;

public sealed class CodeTests
{
    public static TheoryData<string> NotCodes =>
    [
        "", " ", "a b", "-a", "a-", ".a", "a.", "a/b", "a\n", "a\0", "水务", "é", "١٢٣", "😀", "\u202Eabc", "a%2Fb", new string('a', 49),
    ];

    [Theory]
    [InlineData(null)]
    [MemberData(nameof(NotCodes))]
    public void Text_that_would_need_escaping_somewhere_is_no_code(string? text)
    {
        Refuses<DepartmentCode>(text);
        Refuses<BureauCode>(text);
        Refuses<CrewCode>(text);
        Refuses<MatterCode>(text);
        Refuses<OrganisationCode>(text);
        Refuses<PersonId>(text);
        Refuses<DistrictCode>(text);
        Refuses<SubdistrictCode>(text);
        Refuses<CommunityCode>(text);
        Refuses<GridCode>(text);
        Refuses<WhistleId>(text);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("110101001001001")]
    [InlineData("water-110101")]
    [InlineData("A_b.c-9")]
    public void Letters_digits_and_inner_marks_are_a_code(string text)
    {
        DepartmentCode.Parse(text).Text.ShouldBe(text);
        MatterCode.Parse(text).ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    public void Codes_that_others_are_built_on_have_no_marks(string text)
    {
        Refuses<GridCode>(text);
        Refuses<DistrictCode>(text);
        Refuses<SubdistrictCode>(text);
        Refuses<CommunityCode>(text);
    }

    [Theory]
    [InlineData("g-0")]
    [InlineData("g-01")]
    [InlineData("g--1")]
    [InlineData("g-+1")]
    [InlineData("g-1 ")]
    [InlineData("g-1.0")]
    [InlineData("g-")]
    [InlineData("-1")]
    [InlineData("g")]
    [InlineData("g-9223372036854775808")]
    [InlineData("g-h-1")]
    public void A_whistle_has_one_spelling(string text) => Refuses<WhistleId>(text);

    [Fact]
    public void A_whistles_id_reads_back_as_itself() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 48], Gen.Long[1, long.MaxValue]).Sample((grid, number) =>
        {
            var id = new WhistleId(GridCode.Parse(grid), number);
            return WhistleId.Parse(id.Text) == id && WhistleId.Parse(id.Text).Grid.Text == grid;
        });

    [Fact]
    public void Any_text_is_a_code_or_is_refused_but_never_harms() =>
        Gen.String.Sample(text => !WhistleId.TryParse(text, out var id) || id.Text == text);

    [Fact]
    public void Codes_differ_by_case_and_are_equal_by_text()
    {
        DepartmentCode.Parse("a").ShouldNotBe(DepartmentCode.Parse("A"));
        DepartmentCode.Parse("a").ShouldBe(DepartmentCode.Parse("a"));
    }

    [Fact]
    public void The_empty_code_is_no_code_that_can_be_read() => default(GridCode).Text.ShouldBe("");

    private static void Refuses<T>(string? text)
        where T : struct, ICode<T>
    {
        T.TryParse(text, out var code).ShouldBeFalse();
        code.ShouldBe(default);
        Should.Throw<FormatException>(() => T.Parse(text));
    }
}
