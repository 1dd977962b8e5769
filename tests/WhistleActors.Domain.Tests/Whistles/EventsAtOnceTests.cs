using Shouldly;
using WhistleActors.Domain.Whistles;
using WhistleActors.Domain.Whistles.Events;
using Xunit;

namespace WhistleActors.Domain.Tests.Whistles;

/// <summary>What was stored as one event, and is several today.</summary>
public sealed class EventsAtOnceTests
{
    private readonly Story story = new Story().Blow().Depart(TestCity.Water).CheckIn(TestCity.Water);

    [Fact]
    public void They_come_to_the_same_and_count_as_one()
    {
        var blown = GridFold.Apply(GridState.Empty(TestCity.Home), story.Events[0]);

        var state = GridFold.Apply(blown, new EventsAtOnce([.. story.Events[1..]]));

        state.Sequence.ShouldBe(2);
        state.Whistles[story.Id].ShouldBeEquivalentTo(story.Whistle with { Version = 2 });
        state.LastAt.ShouldBe(story.State.LastAt);
        GridFold.Apply(blown.Whistles[story.Id], new EventsAtOnce([.. story.Events[1..]])).ShouldBeEquivalentTo(state.Whistles[story.Id]);
    }

    [Fact]
    public void A_history_in_which_they_have_one_number_is_told_state_by_state_of_what_was_stored()
    {
        var states = GridFold.Replay([(7, story.Events[0]), (9, story.Events[1]), (9, story.Events[2])]).ToList();

        states.Select(state => state.Version).ShouldBe([1, 2]);
        states[1].SummonsOf(TestCity.Water)!.State.ShouldBe(SummonsState.Departed);
        GridFold.Replay(story.Events.Select((happened, index) => ((long)index, happened))).Last().ShouldBeEquivalentTo(story.Whistle);
    }
}
