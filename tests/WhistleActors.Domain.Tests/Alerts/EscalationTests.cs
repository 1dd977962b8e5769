using CsCheck;
using Shouldly;
using WhistleActors.Domain.Alerts;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;
using Xunit;

namespace WhistleActors.Domain.Tests.Alerts;

public sealed class EscalationTests
{
    private readonly AlertStory story = new();

    [Fact]
    public void An_unsigned_summons_climbs_from_duty_to_deputy_to_head_to_district_at_the_waits_of_the_city()
    {
        story.Staffed().Hear(1, SummonsState.Summoned).Minutes(60);

        story.Events.OfType<AlertStepsTaken>().SelectMany(taken => taken.Steps.Select(step => (Math.Floor((taken.At - TestCity.Morning).TotalMinutes), step.Rank, step.Name)))
            .ShouldBe([(0, ChainRank.OnDuty, "an"), (3, ChainRank.Deputy, "bo"), (6, ChainRank.Head, "chen"), (10, ChainRank.DistrictCommand, "district")]);
        story.Notices.Select(sent => sent.Notice.Name).ShouldBe(["an", "bo", "chen", "district"]);
    }

    [Fact]
    public void An_emergency_climbs_faster()
    {
        story.Staffed().Hear(1, SummonsState.Summoned, WhistleLevel.Emergency).Minutes(4.1);
        story.Steps.Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(SummonsState.Departed, true)]
    [InlineData(SummonsState.CheckedIn, true)]
    [InlineData(SummonsState.Settled, false)]
    [InlineData(SummonsState.Released, false)]
    public void Whatever_answers_the_summons_ends_its_climb(SummonsState answer, bool owes)
    {
        story.Staffed().Hear(1, SummonsState.Summoned).Hear(2, SummonsState.Summoned).Minutes(4);
        story.Hear(1, answer, owes: owes).Minutes(120);

        story.Steps.Count(step => step.Whistle == AlertStory.Id(1)).ShouldBe(2);
        story.Steps.Count(step => step.Whistle == AlertStory.Id(2)).ShouldBe(4, "the other summons goes on");
    }

    [Fact]
    public void What_is_signed_at_once_rings_nobody()
    {
        story.Staffed().Hear(1, SummonsState.Summoned).After(TimeSpan.FromMilliseconds(100));
        story.Hear(1, SummonsState.Signed).Minutes(29);
        story.Events.OfType<AlertStepsTaken>().ShouldBeEmpty();
    }

    [Fact]
    public void Signed_and_forgotten_is_chased_up_the_same_chain()
    {
        story.Staffed().Hear(1, SummonsState.Summoned).Minutes(1).Hear(1, SummonsState.Signed).Minutes(29);
        story.Steps.Count().ShouldBe(1);

        story.Minutes(12);

        story.Steps.Skip(1).Select(step => (step.Cause, step.Name)).ShouldBe(
            [(AlertCause.NotDeparted, "an"), (AlertCause.NotDeparted, "bo"), (AlertCause.NotDeparted, "chen"), (AlertCause.NotDeparted, "district")]);
    }

    [Fact]
    public void A_second_whistle_that_finds_the_first_unsigned_begins_at_the_foot_of_the_chain_again()
    {
        story.Staffed().Hear(1, SummonsState.Summoned).Order(new ShowAlerts("desk", [AlertStory.Id(1)])).Minutes(4);
        story.Hear(1, SummonsState.Summoned, round: 2).Minutes(4).Order(new ShowAlerts("desk", [AlertStory.Id(1)]));

        story.Steps.Select(step => (step.Round, step.Name)).ShouldBe([(null, "an"), (null, "bo"), (2, "an"), (2, "bo")]);
        story.Notices.Select(sent => sent.Notice.Name).ShouldBe(["an", "bo", "an", "bo"]);
        story.Events.OfType<AlertsShown>().Count().ShouldBe(2);
    }

    [Fact]
    public void News_that_do_not_ask_anew_leave_the_climb_where_it_is()
    {
        story.Staffed().Hear(1, SummonsState.Summoned, round: 2).Minutes(4).Hear(1, SummonsState.Summoned, WhistleLevel.Campaign, round: 2).Minutes(1);
        story.Steps.Count().ShouldBe(2);
        story.Alerts.Open[AlertStory.Id(1)].Level.ShouldBe(WhistleLevel.Campaign);
    }

    [Fact]
    public void The_command_of_the_district_says_what_it_displayed_and_no_other_does()
    {
        story.Hear(1, SummonsState.Summoned).Order(new ShowAlerts("wall", [AlertStory.Id(1)]), TestCity.Command);
        story.Order(new ShowAlerts("wall", [AlertStory.Id(1)]));

        story.Events.OfType<AlertsShown>().Select(shown => shown.Console).ShouldBe([$"{TestCity.Command.Organisation}/wall", "wall"]);
        story.Refused(new ShowAlerts("wall", []), TestCity.Command).Code.ShouldBe("not-your-department");
        story.Refused(new ShowAlerts("wall", [AlertStory.Id(1)]), TestCity.Person("east", "990199", Role.Commander)).Code.ShouldBe("not-your-department");
        story.Refused(new ShowAlerts("wall", [AlertStory.Id(1), new WhistleId(GridCode.Parse("nowhere"), 1)]), TestCity.Command).Code.ShouldBe("not-your-department");
    }

    [Fact]
    public void A_step_for_which_nobody_is_on_the_roster_is_recorded_as_such()
    {
        story.Hear(1, SummonsState.Summoned).Minutes(1);

        story.Steps.ShouldHaveSingleItem().ShouldBe(new StepTaken(AlertStory.Id(1), AlertCause.Unsigned, 0, ChainRank.OnDuty, null, null, false));
        story.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void After_a_night_without_power_every_missed_step_is_taken_once_and_each_person_is_told_once()
    {
        story.Staffed().Hear(1, SummonsState.Summoned);
        var events = AlertRules.PassTime(story.Alerts, AlertStory.Context, story.Now.AddHours(9));

        events.OfType<AlertStepsTaken>().ShouldHaveSingleItem().Steps.Select(step => step.Step).ShouldBe([0, 1, 2, 3]);
        events.OfType<NoticeSent>().Select(sent => sent.Notice.Name).ShouldBe(["an", "bo", "chen", "district"]);
    }

    [Fact]
    public void Five_hundred_summonses_in_a_minute_are_each_escalated_and_told_in_a_few_calm_notices()
    {
        story.Staffed();
        for (var number = 1; number <= 500; number++)
            story.Hear(number, SummonsState.Summoned).After(TimeSpan.FromMilliseconds(120));
        story.Minutes(2.5);

        story.Steps.Where(step => step.Rank == ChainRank.OnDuty).Select(step => step.Whistle).Distinct().Count().ShouldBe(500);
        var told = story.Notices.Where(sent => sent.Notice.Name == "an").ToList();
        told.Count.ShouldBe(2);
        told.SelectMany(sent => sent.Notice.Alerts).Select(alert => alert.Whistle).Distinct().Count().ShouldBe(500);
        told[^1].Notice.Unsigned.ShouldBe(500);
    }

    [Fact]
    public void An_emergency_does_not_wait_behind_a_calm_notice()
    {
        story.Staffed().Hear(1, SummonsState.Summoned).Minutes(0.2);
        story.Hear(2, SummonsState.Summoned, WhistleLevel.Emergency).Minutes(0.1);

        story.Notices.Count(sent => sent.Notice.Name == "an").ShouldBe(2);
        story.Notices.Last().Notice.Emergency.ShouldBeTrue();
    }

    [Fact]
    public void Quiet_hours_hold_a_notice_back_until_they_end_but_not_the_climb()
    {
        story.Staffed().Order(new SetNotificationRules(new NotificationRules([], new TimeOnly(9, 0), new TimeOnly(11, 0))), Officer("an"));
        story.Hear(1, SummonsState.Summoned).Minutes(59);
        story.Notices.Select(sent => sent.Notice.Name).ShouldBe(["bo", "chen", "district"]);

        story.Minutes(2);

        story.Notices.Last().Notice.Name.ShouldBe("an");
        story.Notices.Last().At.ShouldBe(TestCity.Morning.AddHours(1));
    }

    [Fact]
    public void An_emergency_overrides_quiet_hours_and_chosen_channels()
    {
        story.Staffed().Order(new SetNotificationRules(new NotificationRules([AlertChannel.Email], new TimeOnly(22, 0), new TimeOnly(11, 0))), Officer("an"));
        story.Hear(1, SummonsState.Summoned).Minutes(0.5);
        story.Notices.ShouldBeEmpty();

        story.Hear(2, SummonsState.Summoned, WhistleLevel.Emergency).Minutes(0.5);

        story.Notices.ShouldHaveSingleItem().Notice.Contact.ShouldBe(AlertStory.Phone);
    }

    [Fact]
    public void A_failed_notice_is_tried_again_under_its_id_with_growing_pauses_and_then_becomes_a_dead_letter()
    {
        story.Roster(AlertStory.Shift("an", ChainRank.OnDuty, contacts: AlertStory.Phone)).Hear(1, SummonsState.Summoned).Minutes(1);
        var times = new List<DateTimeOffset>();
        while (story.Alerts.DeadLetters.IsEmpty)
        {
            times.Add(story.Notices.Last().At);
            story.Answer(NoticeResult.Failed, "503").Minutes(20);
        }

        story.Notices.Select(sent => sent.Notice.Id).Distinct().ShouldHaveSingleItem();
        story.Notices.Select(sent => sent.Attempt).ShouldBe(Enumerable.Range(1, AlertRules.MostAttempts));
        times.Zip(times.Skip(1), (one, next) => next - one).ShouldAllBe(pause => pause > TimeSpan.FromSeconds(2));
        story.Alerts.DeadLetters.ShouldHaveSingleItem().Detail.ShouldBe("503");
        story.Alerts.Pending.ShouldBeEmpty();
    }

    [Fact]
    public void A_dead_letter_is_sent_again_when_an_administrator_says_so_even_if_all_was_signed_since()
    {
        story.Roster(AlertStory.Shift("an", ChainRank.OnDuty, contacts: AlertStory.Phone)).Hear(1, SummonsState.Summoned).Minutes(1).Answer(NoticeResult.GivenUp);
        story.Hear(1, SummonsState.Departed);
        var id = story.Notices.Last().Notice.Id;

        story.Refused(new ReviveNotice(id)).Code.ShouldBe("not-administrator");
        story.Order(new ReviveNotice(id), Administrator).Minutes(1);

        story.Notices.Last().ShouldSatisfyAllConditions(sent => sent.Notice.Id.ShouldBe(id), sent => sent.Attempt.ShouldBe(2));
        story.Alerts.DeadLetters.ShouldBeEmpty();
        story.Refused(new ReviveNotice(id), Administrator).Code.ShouldBe("unknown-dead-letter");
    }

    [Fact]
    public void A_notice_that_waits_to_be_tried_again_is_dropped_when_nothing_in_it_waits_any_more()
    {
        story.Staffed().Hear(1, SummonsState.Summoned).Minutes(1).Answer(NoticeResult.Failed);
        story.Hear(1, SummonsState.Departed).Minutes(5);

        story.Notices.Count().ShouldBe(1);
        story.Events.Last().ShouldBeOfType<NoticeAnswered>().Result.ShouldBe(NoticeResult.Overtaken);
    }

    [Fact]
    public void An_answer_to_an_attempt_counts_once()
    {
        story.Staffed().Hear(1, SummonsState.Summoned).Minutes(1).Answer(NoticeResult.Delivered);
        var events = story.Events.Count;
        story.Answer(NoticeResult.Failed);
        story.Events.Count.ShouldBe(events);
    }

    [Fact]
    public void A_push_subscription_that_is_gone_is_removed()
    {
        var browser = new AlertContact(AlertChannel.WebPush, "https://push.example/1", "key", "secret");
        story.Roster(AlertStory.Shift("an", ChainRank.OnDuty)).Order(new SubscribePush(browser), Officer("an"));
        story.Hear(1, SummonsState.Summoned).Minutes(1);
        story.Notices.ShouldHaveSingleItem().Notice.Contact.ShouldBe(browser with { Since = TestCity.Morning });

        story.Answer(NoticeResult.Gone, "410");

        story.Alerts.Subscriptions.ShouldBeEmpty();
    }

    [Fact]
    public void Each_console_is_recorded_once_for_each_alert_that_it_displays()
    {
        story.Hear(1, SummonsState.Summoned).Hear(2, SummonsState.Summoned);
        story.Order(new ShowAlerts("desk-1", [AlertStory.Id(1)]));
        story.Order(new ShowAlerts("desk-1", [AlertStory.Id(1), AlertStory.Id(2), AlertStory.Id(3)]));
        story.Order(new ShowAlerts("desk-1", [AlertStory.Id(1), AlertStory.Id(2)]));

        story.Events.OfType<AlertsShown>().Select(shown => shown.Whistles.ToArray()).ShouldBe([[AlertStory.Id(1)], [AlertStory.Id(2)]]);
    }

    [Fact]
    public void Whatever_happens_nobody_is_taken_twice_for_the_same_step_and_everything_unsigned_reaches_the_end_of_its_chain() =>
        Gen.Int[0, 9].Array[1, 60].Sample(
            acts =>
            {
                var life = new AlertStory().Staffed();
                foreach (var act in acts)
                {
                    var whistle = (act % 3) + 1;
                    _ = act switch
                    {
                        < 3 => life.Hear(whistle, SummonsState.Summoned, act == 0 ? WhistleLevel.Emergency : WhistleLevel.Daily),
                        < 5 => life.Hear(whistle, SummonsState.Signed),
                        5 => life.Hear(whistle, SummonsState.Departed),
                        6 when life.Notices.Any() => life.Answer(NoticeResult.Failed),
                        7 when life.Notices.Any() => life.Answer(NoticeResult.Delivered),
                        _ => life.Minutes(act - 5),
                    };
                }

                life.Minutes(120);

                // A whistle that is summoned again after it was signed is a new alert with a climb of its own.
                var climbs = life.Steps.GroupBy(step => (step.Whistle, step.Cause)).ToList();
                foreach (var climb in climbs)
                    climb.Select(step => step.Step).Aggregate((-1, true), (last, step) => (step, last.Item2 && (step == last.Item1 + 1 || step == 0))).Item2.ShouldBeTrue();
                life.Alerts.Open.Values.ShouldAllBe(alert => alert.StepsTaken == 4);
                life.Alerts.People.Values.SelectMany(life.Alerts.StillWaiting).ShouldBeEmpty("somebody was never told");
            },
            iter: 200,
            threads: 1);

    private static Officer Officer(string person) => TestCity.Person(person, TestCity.Water.Text, Role.Dispatcher);

    private static Officer Administrator => TestCity.Person("root", "city", Role.Administrator);

    [Fact]
    public void An_exercise_and_the_real_thing_are_told_apart()
    {
        var story = new AlertStory().Staffed();
        story.Hear(1, SummonsState.Summoned, WhistleLevel.Emergency).Hear(2, SummonsState.Summoned, exercise: true).Hear(3, SummonsState.Summoned).Minutes(1);

        var told = story.Notices.Where(sent => sent.Notice.Person.Text == "an" && sent.Attempt == 1).Select(sent => sent.Notice).Take(2).ToList();

        told.Select(notice => (notice.Exercise, string.Join(',', notice.Alerts.Select(alert => alert.Whistle.Number)), notice.Unsigned))
            .ShouldBe([(null, "1,3", 2), (true, "2", 1)]);
    }

    [Fact]
    public void An_emergency_does_not_wait_because_an_exercise_was_told_just_now()
    {
        var story = new AlertStory().Staffed();
        story.Hear(1, SummonsState.Summoned, WhistleLevel.Emergency, exercise: true).Minutes(0.1);
        story.Notices.ShouldHaveSingleItem().Notice.Exercise.ShouldBe(true);

        var at = story.Now;
        story.Hear(2, SummonsState.Summoned, WhistleLevel.Emergency).After(TimeSpan.FromSeconds(1));

        var real = story.Notices.Last();
        (real.Notice.Exercise, real.Notice.Alerts.Single().Whistle.Number).ShouldBe((null, 2));
        (real.At - at).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }
}
