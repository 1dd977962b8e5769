using Shouldly;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Commands;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>Promise 2, once.</summary>
public sealed class IdempotencyTests
{
    private static readonly CommandKey Key = new("k-1", "body-1");

    [Fact]
    public void A_repeated_command_takes_effect_once_and_gets_the_version_that_it_made()
    {
        var story = new Story().Blow(key: Key).Sign(TestCity.Water);

        var repeated = story.Try(Story.ABlow(), TestCity.Street, Key).ShouldBeOfType<Decision.Repeated>().Before;

        repeated.ShouldBe(new RememberedCommand("body-1", story.Id, 1, TestCity.Morning));
        story.State.OpenWhistles.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_repetition_is_answered_with_the_last_of_the_events_that_it_caused()
    {
        var story = new Story().Blow().After(TimeSpan.FromMinutes(50));
        story.Do(story.ACheckIn(TestCity.Water), TestCity.CrewOf(TestCity.Water), Key);

        var repeated = story.Try(story.ACheckIn(TestCity.Water), TestCity.CrewOf(TestCity.Water), Key).ShouldBeOfType<Decision.Repeated>().Before;

        repeated.Version.ShouldBe(story.Whistle.Version);
    }

    [Fact]
    public void A_repetition_is_recognised_even_when_it_would_be_refused_now()
    {
        var story = new Story().Blow();
        story.Do(new WithdrawWhistle(story.Id, "误报"), TestCity.Street, Key);
        story.Try(new WithdrawWhistle(story.Id, "误报"), TestCity.Street, Key, ifVersion: 1).ShouldBeOfType<Decision.Repeated>();
    }

    [Fact]
    public void The_same_key_with_another_body_is_refused() =>
        new Story().Blow(key: Key).Refused(Story.ABlow(WhistleLevel.Emergency), TestCity.Street, Key with { Fingerprint = "body-2" })
            .Code.ShouldBe("idempotency-key-reused");

    [Fact]
    public void Keys_of_different_persons_never_meet()
    {
        var story = new Story().Blow(key: Key);
        var colleague = TestCity.Person("colleague", TestCity.Donghuamen.Text, TestCity.Street.Role);

        story.Do(Story.ABlow(), colleague, Key with { Fingerprint = "body-2" });

        story.State.OpenWhistles.Count().ShouldBe(2);
    }

    [Fact]
    public void A_refused_command_does_not_use_up_its_key()
    {
        var story = new Story().Blow();
        story.Refused(story.AResult(TestCity.Water), TestCity.Dispatcher(TestCity.Water), Key);
        story.CheckIn(TestCity.Water).Do(story.AResult(TestCity.Water), TestCity.Dispatcher(TestCity.Water), Key);
    }

    [Fact]
    public void Keys_and_ended_whistles_are_remembered_for_a_day_at_least_and_forgotten_with_the_next_whistle()
    {
        var story = new Story().Blow(key: Key).Withdraw();
        var ended = story.Id;

        story.After(GridState.Memory).Blow();
        story.Try(Story.ABlow(), TestCity.Street, Key).ShouldBeOfType<Decision.Repeated>();
        story.Refused(new CloseWhistle(ended, null), TestCity.Street).Code.ShouldBe("whistle-not-open");
        story.State.Ended.ShouldContainKey(ended);

        story.After(GridState.ForgetEvery);
        story.Try(Story.ABlow(), TestCity.Street, Key).ShouldBeOfType<Decision.Repeated>();

        story.Blow();
        story.State.Ended.ShouldNotContainKey(ended);
        story.Refused(new CloseWhistle(ended, null), TestCity.Street).Code.ShouldBe("unknown-whistle");
        story.Do(Story.ABlow(), TestCity.Street, Key);
    }

    [Fact]
    public void Of_an_ended_whistle_the_grid_keeps_only_how_it_ended_once_another_is_blown()
    {
        var story = new Story().Blow().Withdraw();
        var ended = story.Id;
        story.State.Whistles.ShouldContainKey(ended);

        story.Blow();
        story.State.Whistles.ShouldNotContainKey(ended);
        story.State.Ended[ended].Stage.ShouldBe(WhistleStage.Withdrawn);
        story.Refused(new CloseWhistle(ended, null), TestCity.Street).Code.ShouldBe("whistle-not-open");
    }

    [Fact]
    public void An_open_whistle_is_never_forgotten()
    {
        var story = new Story().Blow();
        var first = story.Id;
        story.After(TimeSpan.FromDays(400)).Blow().State.Whistles.ShouldContainKey(first);
    }

    [Fact]
    public void A_command_meant_for_another_version_is_refused()
    {
        var story = new Story().Blow().Sign(TestCity.Water);
        var sign = new SignSummons(story.Id, TestCity.Urban);
        story.Refused(sign, TestCity.Dispatcher(TestCity.Urban), ifVersion: 1).Code.ShouldBe("version-outdated");
        story.Refused(sign, TestCity.Dispatcher(TestCity.Urban), ifVersion: 3).Code.ShouldBe("version-outdated");
        story.Do(sign, TestCity.Dispatcher(TestCity.Urban), ifVersion: 2).Whistle.Version.ShouldBe(3);
    }
}
