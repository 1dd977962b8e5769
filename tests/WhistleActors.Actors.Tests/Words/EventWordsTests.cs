using Shouldly;
using WhistleActors.Actors.Tests.Serialization;
using WhistleActors.Actors.Views;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using WhistleActors.Testing;

namespace WhistleActors.Actors.Tests.Words;

public sealed class EventWordsTests
{
    private static readonly EventWords Words = new(ExampleCity.Pack);

    public static TheoryData<string> Events => [.. Samples.All.Where(sample => sample.Value is GridEvent).Select(sample => sample.Key)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_words_in_both_languages(string manifest)
    {
        var words = Words.Told((GridEvent)Samples.All[manifest]).ShouldNotBeNull($"{manifest} needs a line in EventWords");

        words.Zh.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF);
        words.En.ShouldContain(c => char.IsAsciiLetter(c));
        words.Zh.ShouldNotContain("{0}");
        words.En.ShouldNotContain("{0}");
    }

    [Fact]
    public void No_event_type_is_without_a_sample_to_be_told() =>
        Events.Count.ShouldBe(typeof(GridEvent).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(GridEvent)) && !type.IsAbstract));

    [Fact]
    public void Departments_are_called_by_their_names_and_what_the_pack_no_longer_has_by_its_code()
    {
        var signed = (SummonsSigned)Samples.All["summons-signed.1"];

        Words.Of(signed).ShouldBe(new("样例市自来水公司签收（超时）", "Exampleton Waterworks signed (late)"));
        Words.Of(signed with { Department = Domain.Departments.DepartmentCode.Parse("gone") }).En.ShouldBe("gone signed (late)");
    }

    [Fact]
    public void What_people_wrote_is_never_taken_for_a_format()
    {
        var closed = (WhistleClosed)Samples.All["whistle-closed.1"] with { Note = "{0} {1} {" };

        Words.Of(closed).Zh.ShouldBe("办结：{0} {1} {");
    }

    [Fact]
    public void A_masked_person_stays_masked_in_words()
    {
        var recorded = OnTheCase.Shown((PersonRecorded)Samples.All["person-recorded.1"], CaseAccess.Department);

        Words.Of(recorded).Zh.ShouldBe("登记诉求人：***，电话 ***，***");
    }
}
