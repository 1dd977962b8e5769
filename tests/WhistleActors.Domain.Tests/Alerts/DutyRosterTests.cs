using CsCheck;
using Shouldly;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Tests.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Alerts;

public sealed class DutyRosterTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 10, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Of_shifts_that_overlap_the_one_that_began_last_counts_and_an_override_before_all()
    {
        var roster = new DutyRoster(
        [
            AlertStory.Shift("day", ChainRank.OnDuty, 0, 24),
            AlertStory.Shift("late", ChainRank.OnDuty, 12, 24),
            AlertStory.Shift("stand-in", ChainRank.OnDuty, 8, 14, ShiftKind.Override),
        ]);

        At(7).ShouldBe("day");
        At(8).ShouldBe("stand-in");
        At(14).ShouldBe("late");
        At(24).ShouldBeNull();

        string? At(int hour) => roster.At(ChainRank.OnDuty, Midnight.AddHours(hour), TestCity.Pack.Calendar)?.Name;
    }

    [Fact]
    public void A_holiday_shift_counts_on_days_off_only()
    {
        // Tuesday to Monday: the weekend is days 4 and 5.
        var roster = new DutyRoster([AlertStory.Shift("weekday", ChainRank.OnDuty, 0, 168), AlertStory.Shift("weekend", ChainRank.OnDuty, 0, 168, ShiftKind.Holiday)]);
        Enumerable.Range(0, 7).Select(day => roster.At(ChainRank.OnDuty, Midnight.AddDays(day), TestCity.Pack.Calendar)!.Name)
            .ShouldBe(["weekday", "weekday", "weekday", "weekday", "weekend", "weekend", "weekday"]);
    }

    [Fact]
    public void Hours_without_anybody_are_shown_as_gaps()
    {
        var roster = new DutyRoster([AlertStory.Shift("a", ChainRank.OnDuty, 2, 8), AlertStory.Shift("b", ChainRank.OnDuty, 7, 12), AlertStory.Shift("c", ChainRank.OnDuty, 20, 24)]);
        roster.GapsIn(ChainRank.OnDuty, Midnight, Midnight.AddHours(24), TestCity.Pack.Calendar)
            .ShouldBe([(Midnight, Midnight.AddHours(2)), (Midnight.AddHours(12), Midnight.AddHours(20))]);
        roster.GapsIn(ChainRank.Head, Midnight, Midnight.AddHours(24), TestCity.Pack.Calendar).ShouldBe([(Midnight, Midnight.AddHours(24))]);
    }

    [Fact]
    public void Working_days_are_gaps_of_a_roster_that_has_holiday_shifts_only() =>
        new DutyRoster([AlertStory.Shift("weekend", ChainRank.OnDuty, 0, 168, ShiftKind.Holiday)])
            .GapsIn(ChainRank.OnDuty, Midnight, Midnight.AddDays(7), TestCity.Pack.Calendar)
            .ShouldBe([(Midnight, Midnight.AddDays(4)), (Midnight.AddDays(6), Midnight.AddDays(7))]);

    [Fact]
    public void Gaps_are_exactly_the_instants_at_which_nobody_is_on_duty() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 20], Gen.Enum<ShiftKind>()).Array[0, 6].Sample(
            all =>
            {
                var roster = new DutyRoster([.. all.Select((shift, i) => AlertStory.Shift($"p{i}", ChainRank.OnDuty, shift.Item1, shift.Item1 + shift.Item2, shift.Item3))]);
                var gaps = roster.GapsIn(ChainRank.OnDuty, Midnight, Midnight.AddHours(72), TestCity.Pack.Calendar).ToList();
                for (var minute = 0; minute < 72 * 60; minute += 30)
                {
                    var instant = Midnight.AddMinutes(minute);
                    gaps.Exists(gap => gap.From <= instant && instant < gap.To)
                        .ShouldBe(roster.At(ChainRank.OnDuty, instant, TestCity.Pack.Calendar) is null, instant.ToString());
                }
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void Replacing_a_span_leaves_what_lies_outside_it()
    {
        var roster = new DutyRoster([AlertStory.Shift("long", ChainRank.OnDuty, 0, 24)])
            .Replace(Midnight.AddHours(8), Midnight.AddHours(10), [AlertStory.Shift("short", ChainRank.OnDuty, 8, 10)]);

        roster.Within(Midnight, Midnight.AddDays(1)).Select(shift => (shift.Name, (shift.From - Midnight).Hours, (shift.To - Midnight).TotalHours))
            .ShouldBe([("long", 0, 8), ("short", 8, 10), ("long", 10, 24)]);
    }

    [Fact]
    public void Whoever_takes_over_is_on_duty_at_once_and_it_is_recorded_from_whom()
    {
        var story = new AlertStory().Staffed().Order(new HandOver(ChainRank.OnDuty, PersonId.Parse("new"), "new", TestCity.Morning.AddHours(2), [AlertStory.Mail]));

        story.Events.OfType<DutyHandedOver>().ShouldHaveSingleItem().From.ShouldBe(PersonId.Parse("an"));
        OnDuty(story.Now)!.Name.ShouldBe("new");
        OnDuty(story.Now.AddHours(2))!.Name.ShouldBe("an");

        Shift? OnDuty(DateTimeOffset at) => story.Alerts.Roster.At(ChainRank.OnDuty, at, TestCity.Pack.Calendar);
    }

    [Fact]
    public void A_hand_over_that_is_ordered_again_because_no_answer_came_is_the_same_hand_over()
    {
        var story = new AlertStory().Staffed();
        var hand = new HandOver(ChainRank.OnDuty, PersonId.Parse("new"), "new", TestCity.Morning.AddHours(2), [AlertStory.Mail]);
        var shifts = story.Order(hand).Alerts.Roster.Shifts;
        story.Minutes(1).Order(hand with { Contacts = [AlertStory.Mail] });
        story.Alerts.Roster.Shifts.ShouldBe(shifts);

        // Another end, another way to be reached, or somebody else in between, is another one.
        story.Order(hand with { Until = hand.Until.AddHours(1) }).Order(hand with { Contacts = [] });
        story.Order(hand with { Person = PersonId.Parse("other") }).Order(hand);
        story.Events.OfType<DutyHandedOver>().Count().ShouldBe(5);
    }

    [Fact]
    public void Only_officers_of_the_department_who_may_answer_for_it_write_its_roster()
    {
        var story = new AlertStory();
        var replace = new ReplaceRoster(Midnight, Midnight.AddDays(1), []);
        foreach (var officer in (Officer[])[TestCity.Dispatcher(TestCity.Urban), TestCity.CrewOf(TestCity.Water), TestCity.Street, TestCity.Command])
            story.Refused(replace, officer).Code.ShouldBe("not-your-department");
        story.Refused(new ShowAlerts("desk", []), TestCity.Dispatcher(TestCity.Urban)).Code.ShouldBe("not-your-department");
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var story = new AlertStory();
        story.Refused(new ReplaceRoster(Midnight, Midnight, [])).Code.ShouldBe("roster-span-wrong");
        story.Refused(new ReplaceRoster(Midnight, Midnight.AddDays(93), [])).Code.ShouldBe("roster-span-wrong");
        story.Refused(new ReplaceRoster(Midnight, Midnight.AddDays(1), [AlertStory.Shift("a", ChainRank.OnDuty, 0, 25)])).Code.ShouldBe("shift-outside-span");
        story.Refused(new ReplaceRoster(Midnight, Midnight.AddDays(1), [AlertStory.Shift("a", ChainRank.OnDuty, 3, 3)])).Code.ShouldBe("shift-outside-span");
        story.Refused(new ReplaceRoster(Midnight, Midnight.AddDays(1), [.. Enumerable.Repeat(AlertStory.Shift("a", ChainRank.OnDuty), 1_001)])).Code.ShouldBe("too-many-shifts");
        story.Refused(new HandOver(ChainRank.Head, PersonId.Parse("a"), "a", story.Now, [])).Code.ShouldBe("hand-over-span-wrong");
        for (var i = 0; i < AlertOrderRules.MostSubscriptions; i++)
            story.Order(new SubscribePush(new AlertContact(AlertChannel.WebPush, $"https://push.example/{i}")));
        story.Refused(new SubscribePush(new AlertContact(AlertChannel.WebPush, "https://push.example/6"))).Code.ShouldBe("too-many-subscriptions");
    }

    [Fact]
    public void Every_refusal_is_told_in_both_languages()
    {
        Refusals.Refusal[] all =
        [
            RefuseAlertOrder.RosterSpanWrong(1), RefuseAlertOrder.ShiftOutsideSpan(PersonId.Parse("a")), RefuseAlertOrder.TooManyShifts(1), RefuseAlertOrder.HandOverPast(1),
            RefuseAlertOrder.TooManySubscriptions(1), RefuseAlertOrder.NotAdministrator(), RefuseAlertOrder.WritesNoRoster(), RefuseAlertOrder.UnknownDeadLetter("a"),
        ];
        all.Length.ShouldBe(typeof(RefuseAlertOrder).GetMethods().Count(method => method.ReturnType == typeof(Refusals.Refusal)));
        foreach (var text in all.SelectMany(refusal => (LocalizedText[])[refusal.Detail, refusal.Remedy]))
        {
            text.Zh.ShouldContain(c => c >= 0x4E00 && c <= 0x9FFF);
            text.En.ShouldContain(c => char.IsAsciiLetter(c));
        }
    }
}
