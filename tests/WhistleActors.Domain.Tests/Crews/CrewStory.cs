using System.Collections.Immutable;
using Shouldly;
using WhistleActors.Domain.Crews;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Tests.Whistles;
using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Tests.Crews;

/// <summary>A department, the whistles that summon it, and what is ordered of its crews.</summary>
internal sealed class CrewStory(DepartmentCode department)
{
    public DepartmentState State { get; private set; } = DepartmentState.Empty(department);

    public DepartmentCrews Crews => State.Crews ?? DepartmentCrews.None;

    public DateTimeOffset Now { get; set; } = TestCity.Morning;

    public ImmutableArray<CrewEvent> Caused { get; private set; } = [];

    /// <summary>The department hears how its summons stands.</summary>
    public WhistleId Hear(Story story)
    {
        if (DepartmentRules.Hear(State, story.Id, HeldSummons.Of(story.Whistle, story[department]), Now) is { } news)
            State = DepartmentFold.Apply(State, news);
        return story.Id;
    }

    public CrewStory Do(CrewCommand command, Officer? by)
    {
        (Caused, var refusal) = CrewOrderRules.Decide(State, TestCity.Pack, new CrewOrder(command, by), Now);
        refusal.ShouldBeNull(refusal?.ToString());
        State = Caused.Aggregate(State, DepartmentFold.Apply);
        return this;
    }

    public string Refused(CrewCommand command, Officer? by)
    {
        var (events, refusal) = CrewOrderRules.Decide(State, TestCity.Pack, new CrewOrder(command, by), Now);
        events.ShouldBeEmpty();
        return refusal.ShouldNotBeNull().Code;
    }

    /// <summary>By the department's dispatcher.</summary>
    public CrewStory Do(CrewCommand command) => Do(command, TestCity.Dispatcher(department));

    public string Refused(CrewCommand command) => Refused(command, TestCity.Dispatcher(department));
}
