using CsCheck;
using Shouldly;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Geography;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>One thing, one whistle: reports added, whistles merged, repeats marked, and exercises kept apart.</summary>
public sealed class MergeTests
{
    [Fact]
    public void A_report_of_the_same_thing_is_counted_and_shown()
    {
        var story = new Story().Blow().Do(new AddReport(Story.First, "路面塌了", new Position(116.405, 39.905, Datum.Wgs84)), TestCity.Street);

        story.Whistle.Blowing!.ReportCount.ShouldBe(1);
        story.Whistle.Blowing.LatestReports.ShouldHaveSingleItem().Description.ShouldBe("路面塌了");
        story.Refused(new AddReport(story.Id, "x", null), TestCity.OtherStreet).Code.ShouldBe("not-your-whistle");
    }

    [Fact]
    public void However_many_reports_come_all_are_counted_and_the_newest_kept()
    {
        var story = new Story().Blow();
        for (var i = 1; i <= 25; i++)
            story.Do(new AddReport(story.Id, $"反映 {i}", null), TestCity.Command);

        story.Whistle.Blowing!.ReportCount.ShouldBe(25);
        story.Whistle.Blowing.LatestReports.Select(report => report.Description).ShouldBe(Enumerable.Range(16, 10).Select(i => $"反映 {i}"));
    }

    [Fact]
    public void A_whistle_blown_by_mistake_ends_in_the_other_and_its_departments_are_released_by_name()
    {
        var story = new Story().Blow().Blow().CheckIn(TestCity.Water);
        var mistaken = story.Id;

        story.Do(new MergeWhistle(mistaken, Story.First, "同一处漏水"), TestCity.Street, new CommandKey("k", "f"));

        story.State.Whistles[mistaken].Stage.ShouldBe(WhistleStage.Merged);
        story.State.Whistles[mistaken].Blowing!.MergedInto.ShouldBe(Story.First);
        story.State.Whistles[Story.First].Blowing!.Merged.ShouldBe([mistaken]);
        story.Caused.OfType<DepartmentReleased>().Select(released => released.Department).ShouldBe([TestCity.Water, TestCity.Urban, TestCity.Police]);
        story.Try(new MergeWhistle(mistaken, Story.First, "同一处漏水"), TestCity.Street, new CommandKey("k", "f"))
            .ShouldBeOfType<Decision.Repeated>().Before.Whistle.ShouldBe(mistaken, "the order was about the one that ended");
        story.Refused(new SignSummons(mistaken, TestCity.Water), TestCity.Dispatcher(TestCity.Water)).Code.ShouldBe("whistle-not-open");
    }

    [Fact]
    public void A_repeat_at_the_same_place_is_marked_with_how_many_there_were_and_the_last()
    {
        var story = new Story().Do(At(0), TestCity.Street);
        story.Whistle.Blowing.ShouldBeNull();
        story.After(TimeSpan.FromDays(10)).Do(At(60), TestCity.Street).Whistle.Blowing!.Repeat.ShouldBe(new Repeat(1, Story.First));
        var second = story.Id;

        story.After(TimeSpan.FromDays(10)).Do(At(30), TestCity.Street).Whistle.Blowing!.Repeat.ShouldBe(new Repeat(2, second));
        story.Do(At(-300), TestCity.Street).Whistle.Blowing.ShouldBeNull("farther than 100 m");
        story.Do(At(0) with { Matter = TestCity.Stalls }, TestCity.Street).Whistle.Blowing.ShouldBeNull("another matter");
        story.After(TimeSpan.FromDays(31)).Do(At(0), TestCity.Street).Whistle.Blowing.ShouldBeNull("longer than 30 days ago");

        static BlowWhistle At(double metres)
        {
            var place = TestCity.EastOfHome(metres - 400);
            return Story.ABlow() with { Place = new Position(place.Lon, place.Lat, Datum.Wgs84) };
        }
    }

    [Fact]
    public void What_was_withdrawn_was_a_mistake_and_nothing_repeats_it() =>
        new Story().Blow().Withdraw().Blow().Whistle.Blowing.ShouldBeNull();

    [Fact]
    public void An_exercise_goes_through_everything_and_is_marked_where_departments_see_it()
    {
        var story = new Story().Do(Story.ABlow() with { Exercise = true }, TestCity.Street);

        story.Whistle.IsExercise.ShouldBeTrue();
        HeldSummons.Of(story.Whistle, story[TestCity.Water]).Exercise.ShouldBe(true);
        story.FinishAll().Close().Whistle.Stage.ShouldBe(WhistleStage.Closed);
    }

    [Fact]
    public void An_exercise_is_no_repeat_and_nothing_repeats_it()
    {
        var story = new Story().Blow().Do(Story.ABlow() with { Exercise = true }, TestCity.Street);
        story.Whistle.Blowing!.Repeat.ShouldBeNull();

        story.Blow().Whistle.Blowing!.Repeat.ShouldBe(new Repeat(1, Story.First));
    }

    [Fact]
    public void The_memory_for_repeats_stays_small_however_often_a_grid_whistles() =>
        Gen.Int[1, 400].Array[60, 90].Sample(
            gaps =>
            {
                var story = new Story();
                foreach (var hours in gaps)
                {
                    story.After(TimeSpan.FromHours(hours)).Blow().Withdraw();
                    story.Blow().FinishAll().Close();
                    story.State.Past!.Value.Length.ShouldBeLessThanOrEqualTo(GridState.MostPast);
                    story.State.Past.Value.ShouldAllBe(one => one.BlownAt >= story.State.LastAt - GridState.LongestMemory);
                }
            },
            iter: 10,
            threads: 1);
}
